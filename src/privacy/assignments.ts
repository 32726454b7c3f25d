import type { Finding } from './finding.ts';
import { looksRandom, looksRandomHex, surelyRandomFrom } from './randomness.ts';
import { type NameStrength, secretNames } from './secretNames.ts';

const quote = '["\'`]';

/**
 * What may stand between a secret's name and its value, first the forms whose value is quoted, then those whose value runs to a space or a
 * sign. Each is tried at the end of the name.
 */
const quotedAfter = new RegExp(
  `(?:${[
    // name = "…", "name": "…", name := "…", [name] => "…", name: string = "…", Name("…"), name, "…"
    `\\\\?${quote}?[\\])]?\\s*(?::\\s*[A-Za-z][\\w.<>\\[\\]|& ?]{0,40}?\\s*=|=>|:=|[=:!]=?=?|\\?\\?=?|\\|\\||\\?:|,|\\()\\s*\\(?`,
    // <add key="name" value="…"/>, - name: NAME ⏎ value: "…", { name: 'x', value: '…' }
    `\\\\?${quote}?,?\\s*["']?(?:default_?)?value["']?\\s*[:=]\\s*`,
    // -Name Password -Value "…"
    `\\s+-Value\\s+`,
    // x.get("NAME", "…"), x["NAME"] or "…", define('NAME', '…')
    `\\\\?${quote}?[\\])]?\\s*(?:or|\\|\\||\\?\\?|,)\\s*`,
    // password "…" (Ruby, HCL, nginx), PASSWORD '…' (SQL), IDENTIFIED BY '…'
    `\\s+(?:with\\s+|to\\s+|as\\s+|is\\s+|by\\s+)?`,
  ].join('|')})(?:[fbrLu@$]{1,2}|((?:await\\s+|new\\s+)?[\\w.$]{1,40}\\())?(\\\\?["'\`])`,
  'y',
);

const bareAfter = new RegExp(
  `(?:${[
    // NAME=…, name: …, name => …, --name=…, name%3D…
    `\\\\?${quote}?[\\])]?[ \\t]*(?:=>|:=|[=:]|%3D|:-)[ \\t]*(?:(?:Bearer|Basic|Token|Digest|ApiKey|AWS4-HMAC-SHA256)[ +]|%20)?`,
    // - name: NAME ⏎ value: …
    `${quote}?\\s*\\n?\\s*value:[ \\t]*`,
    // <name>…</name>
    `>\\s*`,
    // Bearer …, --password …, ENV NAME …, machine x password …
    `[ \\t]+`,
  ].join('|')})`,
  'y',
);

/** Prose between a name and its value, as in comments: “the old token was …”. */
const looseAfter = /["'`)]?[ \t]*[:=]?(?:[ \t]+[a-z]{1,12}){0,4}[ \t]*[:=]?[ \t]+["'`(<]?/y;

const bareValue = /[^\s"'`<>&;,(){}[\]\\|]+/y;

/** Values of secrets next to a name that says so. */
export function findByName(text: string): Finding[] {
  const found: Finding[] = [];
  for (const name of secretNames(text)) {
    const kind = name.strength === 'password' ? 'password' : 'value with a secret’s name';
    const value = quotedValue(text, name.end) ?? bareValueAt(text, name.end, bareAfter);
    if (value !== undefined && isWordList(value.text, text.slice(name.start, name.end))) {
      found.push({
        start: value.start,
        end: value.start + value.text.length,
        kind: 'list of words that is a key',
      });
      continue;
    }
    const pieces =
      value === undefined ? [] : piecesOf(value).filter((piece) => isSecret(piece, name.strength, text));
    for (const { start, text: piece } of pieces) found.push({ start, end: start + piece.length, kind });
    if (pieces.length > 0 || name.strength === 'hint') continue;
    const loose = bareValueAt(text, name.end, looseAfter);
    if (loose === undefined || isReference(loose.text) || !isRandom(loose.text)) continue;
    found.push({ start: loose.start, end: loose.start + loose.text.length, kind });
  }
  return found;
}

interface Value {
  readonly start: number;
  readonly text: string;
  readonly quoted: boolean;
  /** Only what looks drawn at random is a secret here. */
  readonly surely?: boolean;
}

function quotedValue(text: string, from: number): Value | undefined {
  quotedAfter.lastIndex = from;
  const match = quotedAfter.exec(text);
  const [, call, mark] = match ?? [];
  if (match === null || mark === undefined) return undefined;
  const start = from + match[0].length;
  const end = closingQuote(text, start, mark);
  if (end <= start) return undefined;
  // What a function is given is often the name of the secret: it has to look like one itself.
  return { start, text: text.slice(start, end), quoted: true, surely: call !== undefined };
}

function closingQuote(text: string, start: number, mark: string): number {
  const quoteCode = mark.charCodeAt(mark.length - 1);
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) return at;
    if (code === quoteCode) return mark.length === 2 ? at - 1 : at;
    if (code === 92 && mark.length === 1) at += 1;
  }
  return text.length;
}

function bareValueAt(text: string, from: number, connectors: RegExp): Value | undefined {
  connectors.lastIndex = from;
  const connector = connectors.exec(text)?.[0];
  if (connector === undefined) return undefined;
  const start = from + connector.length;
  const value = (wholeValue(text, start, connector) ?? run(bareValue, text, start)).replace(/[.,:]+$/, '');
  return value === '' ? undefined : { start, text: value, quoted: false };
}

/** A value with signs that end one elsewhere: an element's text, and the rest of a line of an environment or YAML file. */
function wholeValue(text: string, start: number, connector: string): string | undefined {
  if (connector.startsWith('>')) return run(elementText, text, start);
  if (!/^["']?(?:=|:[ \t]+)$/.test(connector)) return undefined;
  const value = run(noSpace, text, start);
  const isCode = /^[\w.]*\(.*\)[;,]*$|[;,{([]$|^[[{(]/.test(value);
  return !isCode && isPlainAssignment(text, { start, text: value, quoted: false }) ? value : undefined;
}

const elementText = /[^<>\n]+/y;
const noSpace = /\S+/y;

function run(pattern: RegExp, text: string, start: number): string {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0] ?? '';
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
    return { ...value, start: value.start + part.index + named, text: part[0].slice(named) };
  });
}

function isSecret(value: Value, strength: NameStrength, text: string): boolean {
  const it = value.text;
  if (isStandIn(it) || (!value.quoted && isReference(it))) return false;
  if (strength === 'hint')
    return it.length >= 20 && (looksRandomHex(it) || looksRandom(it, surelyRandomFrom));
  if (isRandom(it)) return true;
  if (value.surely) return false;
  if (!value.quoted && !isPlainAssignment(text, value)) return false;
  const madeUp = /\d/.test(it) && /[A-Za-z]/.test(it) ? true : /[!@#$%^&*+=?~]/.test(it);
  if (!madeUp || isPath(it)) return false;
  return strength === 'password' ? it.length >= 4 : it.length >= 8 && !isNumberedWord(it);
}

/** The words that restore a wallet (BIP 39), and a phrase where one is called for. */
function isWordList(text: string, name: string): boolean {
  if (/^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/.test(text)) return true;
  return /phrase|mnemonic|seed/i.test(name) && /^[a-z0-9]+(?: [a-z0-9]+){3,}$/.test(text);
}

function isRandom(it: string): boolean {
  if (it.startsWith('/') && !it.split('/').some((part) => looksRandom(part))) return false;
  return (it.length >= 10 && looksRandom(it)) || uuid.test(it) || looksRandomHex(it) || /^\d{12,}$/.test(it);
}

const uuid = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** Text that stands where a secret will be: a variable, a template, a hint to the reader. */
function isStandIn(it: string): boolean {
  return (
    /[$%#]\{|\{\{|^\{.*\}$|^\$[A-Za-z_(]|<\/?[A-Za-z][\w-]*\/?>|^<|^%\w+%$|^\*+$|\*{3}|^[xX.•-]+$|^(?:process|os|env|config|import|this|self)\./.test(
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
  return /^[./~@]|^[A-Za-z]:[\\/]|^[\w-]+(?:[./][\w-]+)*\.[a-z]{1,4}$/.test(it);
}

/** `step-2`, `oauth2`, `api.v1`: a name with a number. */
function isNumberedWord(it: string): boolean {
  return /^[A-Za-z]+(?:[._-][A-Za-z]+)*[._-]?v?\d{1,2}$/.test(it);
}

/** True where a bare value is text and not code: `NAME=value` and `name: value` that fill their line, and `--name value`. */
function isPlainAssignment(text: string, value: Value): boolean {
  const lineStart = text.lastIndexOf('\n', value.start - 1) + 1;
  const before = text.slice(lineStart, value.start);
  const after = text.slice(value.start + value.text.length, value.start + value.text.length + 20);
  if (/^[ \t]*(?:[(.[]|=>)/.test(after)) return false;
  if (/(?:^|[\s?&;"'])--?[\w-]+[= ]$|[?&;"'][\w .-]+=$|>$/.test(before)) return true;
  return (
    /^[ \t#/*-]*(?:export |set |setx |ENV |ARG |- )?["']?[\w.-]+["']?(?:=|:[ \t]+|[ \t]*=[ \t]*(?=$))$/.test(
      before,
    ) && /^[.,:]?[ \t]*(?:[#;].*)?(?:\r?\n|$)/.test(after)
  );
}
