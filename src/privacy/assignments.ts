import {
  bareValueAfter,
  fillsLine,
  literalBeforeName,
  literalsInLine,
  looseValueAfter,
  quotedValue,
  type Value,
} from './connectors.ts';
import type { Finding } from './finding.ts';
import { isName, looksRandom, looksRandomHex, surelyRandomFrom } from './randomness.ts';
import { type NameStrength, type SecretName, secretNames } from './secretNames.ts';

/** Bits per character from which a literal is no word, where a password is expected. */
const madeUpFrom = 4.3;

/** Names within one value that are looked at: a file of nothing but names must not stop the editor. */
const mostInRun = 8;

/** Values of secrets next to a name that says so. */
export function findByName(text: string): Finding[] {
  const found: Finding[] = [];
  let run = { end: 0, names: 0 };
  for (const name of secretNames(text)) {
    run = name.start < run.end ? { ...run, names: run.names + 1 } : { end: 0, names: 0 };
    if (run.names > mostInRun) continue;
    const kind = name.strength === 'password' ? 'password' : 'value with a secret’s name';
    const nameText = text.slice(name.start, name.end);
    const quoted = quotedValue(text, name.end);
    const value = quoted ?? bareValueAfter(text, name.end);
    if (value !== undefined) run = { ...run, end: Math.max(run.end, value.start + value.text.length) };
    if (value !== undefined && isWordList(value.text, nameText)) {
      found.push({
        start: value.start,
        end: value.start + value.text.length,
        kind: 'list of words that is a key',
      });
      continue;
    }
    if (value !== undefined && isPublicNumber(value.text, nameText)) continue;
    const near = secretsIn(value, name.strength, text);
    const pieces = near.length > 0 || name.strength === 'hint' ? near : secretsAround(name, quoted, text);
    for (const { start, text: piece } of pieces) found.push({ start, end: start + piece.length, kind });
  }
  return found;
}

/** What stands farther from a name: in its line, before it, and after some words. */
function secretsAround(name: SecretName, quoted: Value | undefined, text: string): Value[] {
  const literals = [...literalsInLine(text, name.end), literalBeforeName(text, name.start)];
  const told = literals.filter((literal) => literal !== undefined && !isSelector(literal.text));
  const bare = quoted === undefined ? undefined : bareValueAfter(text, name.end);
  const found = [...told, bare].flatMap((value) => secretsIn(value, name.strength, text));
  if (found.length > 0) return found;
  const loose = looseValueAfter(text, name.end);
  return loose !== undefined && isSecretInProse(loose, name, text) ? [loose] : [];
}

function secretsIn(value: Value | undefined, strength: NameStrength, text: string): Value[] {
  return value === undefined ? [] : piecesOf(value).filter((piece) => isSecret(piece, strength, text));
}

/** `DB_PASSWORD=postgres`: in capitals and set, a name of a password has one behind it, also where it is a word. */
function isPlainWord({ start, text: it }: Value, text: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return (
    /^[ \t#+-]*(?:export |set |ENV |ARG |- )?["']?[A-Z][A-Z0-9_]*(?:PASS|PWD)[A-Z0-9_]*["']?[ \t]*[?:]?=[ \t]*["']?$/.test(
      before,
    ) &&
    /^[A-Za-z][\w.-]{3,}$/.test(it) &&
    !/pass|secret|string|text|hidden|field|input|token/i.test(it) &&
    !/^[A-Z_]+$/.test(it)
  );
}

/** In “the token for 550e8400-…” the number is somebody's name, in “the token was 550e8400-…” it is the token. */
function isSecretInProse({ start, text: it }: Value, name: SecretName, text: string): boolean {
  if (isReference(it) || isName(it)) return false;
  if (uuid.test(it)) return /(?:\b(?:is|was|to)|[:=|(])[\s"'`]*$/.test(text.slice(name.end, start));
  return isRandom(it) || (name.strength === 'password' && it.length >= 6 && hasNoCodeSigns(it));
}

/** `#password-2`, `.field-1`, `step1`: how pages and tests name an element. */
function isSelector(it: string): boolean {
  return /^[#.][A-Za-z][\w-]*$|^[a-z]+[._-]?\d{1,2}$/.test(it);
}

/**
 * A value's parts between white space, without the names that a connection string or a cookie gives them. A URL has rules of its own, and
 * so has a key block.
 */
function piecesOf(value: Value): Value[] {
  if (/:\/\/|-----/.test(value.text)) return [];
  const parts = [...value.text.matchAll(/(?:(?![;&] ?[\w ]+=)\S)+/g)];
  const ownName = parts.length > 1 ? /^[;&]? ?[\w.-]{1,40}=(?=[^=])/ : /^0x(?=[0-9a-f]{16})/;
  return parts.map((part) => {
    const named = ownName.exec(part[0])?.[0].length ?? 0;
    // A word in a sentence is no password, whatever its signs.
    const surely = value.surely || (parts.length > 2 && named === 0);
    return { ...value, start: value.start + part.index + named, text: part[0].slice(named), surely };
  });
}

function isSecret(value: Value, strength: NameStrength, text: string): boolean {
  const it = value.text;
  if (/^sha\d{1,3}[-:]/.test(it)) return false;
  if (isStandIn(it, value.quoted) || (!value.quoted && isReference(it))) return false;
  if (strength === 'hint')
    return it.length >= 20 && (looksRandomHex(it) || looksRandom(it, surelyRandomFrom));
  // `*get_key(…)`, `(token);`
  const bare = it.replace(/^[*&(]+|[();,*]+$/g, '');
  if (!value.quoted && isName(bare) && !fillsLine(text, value.start, it.length)) return false;
  if (isRandom(it) || (strength === 'password' && value.quoted && looksRandom(it, madeUpFrom))) return true;
  if (value.surely) return false;
  if (!value.quoted && !fillsLine(text, value.start, it.length) && !hasNoCodeSigns(it)) return false;
  if (strength === 'password' && isPlainWord(value, text)) return true;
  const madeUp = /\d/.test(it) && /[A-Za-z]/.test(it) ? true : /[!@#$%^&*+=?~]/.test(it);
  if (!madeUp || isPath(it) || isColour(it)) return false;
  return strength === 'password' ? it.length >= 4 : it.length >= 8 && !isNumberedWord(it);
}

/** The words that restore a wallet (BIP 39), and a phrase where one is called for. */
function isWordList(text: string, name: string): boolean {
  if (/^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/.test(text)) return true;
  return /phrase|mnemonic|seed/i.test(name) && /^[a-z0-9]+(?: [a-z0-9]+){3,}$/.test(text);
}

/** What is counted, registered or a digest is no secret: `token_id: 550e8400-…`, `"x-token": "^5.1.0"`. */
function isPublicNumber(text: string, name: string): boolean {
  if (/^["']?[~^<>=v]*\d+(?:\.[\dx*]+){1,3}(?:[-+][\w.-]+)?$/.test(text)) return true;
  return /id$/i.test(name) && (uuid.test(text) || /^\d+$/.test(text));
}

function isRandom(it: string): boolean {
  if (it.startsWith('/') && !it.split('/').some((part) => looksRandom(part))) return false;
  return (it.length >= 10 && looksRandom(it)) || uuid.test(it) || looksRandomHex(it) || /^\d{12,}$/.test(it);
}

const uuid = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** Text that stands where a secret will be: a variable, a template, a hint to the reader. */
function isStandIn(it: string, quoted: boolean): boolean {
  return (
    (quoted ? /^\$(?:[A-Za-z_]\w*$|\()/ : /^\$[A-Za-z_(]/).test(it) ||
    /[$%#]\{|\{\{|^\{.*\}$|<\/?[A-Za-z][\w-]*\/?>|^<|^%\w+%$|^\*+$|\*{3}|^[xX.•-]+$|^(?:process|os|env|config|import|this|self)\./.test(
      it,
    ) ||
    /^(?:your|enter|insert|replace|change|todo|example|none|null|nil|true|false|undefined|required|optional)(?![a-z]*\d)/i.test(
      it,
    )
  );
}

/** Code that names a value: `options?.token`, `this.x.y`, `credentials_1.Web`, `SIGN_IN_V2_PASSWORD`. */
function isReference(it: string): boolean {
  if (/\?\./.test(it)) return true;
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(it))
    return (it.match(/(?<![A-Z0-9])[A-Z]{3,}(?![A-Z0-9])/g) ?? []).length > 1;
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(it)) return false;
  return /\.[A-Za-z_]+$/.test(it) || !looksRandom(it, surelyRandomFrom);
}

function isPath(it: string): boolean {
  return /^(?:\.{1,2}|~|@[\w.-]+)?[\\/][\w@./\\-]*$|^[A-Za-z]:[\\/]|^[\w-]+(?:[./][\w-]+)*\.[a-z]{1,4}$/.test(
    it,
  );
}

function isColour(it: string): boolean {
  return /^#(?:[0-9a-f]{3,4}){1,2}$/i.test(it);
}

/** `step-2`, `oauth2`, `api.v1`: a name with a number. */
function isNumberedWord(it: string): boolean {
  return /^[A-Za-z]+(?:[._-][A-Za-z]+)*[._-]?v?\d{1,2}$/.test(it);
}

/** A bare value that no language would read as an expression: letters and digits around signs of passwords. */
function hasNoCodeSigns(it: string): boolean {
  return /^\w+[!@#$^]+(?:\w+[!@#$^]*)*$/.test(it) && /\d/.test(it);
}
