import type { Finding } from './finding.ts';
import { type Format, formats } from './formats.ts';
import { looksRandom } from './randomness.ts';

/**
 * Where a token can begin at all: the start of a run that is long enough for the shortest (prefix and body). A line break that is written
 * as an escape, or a sign that a URL encodes, may come before it.
 */
const candidate = /(?:(?<![A-Za-z0-9+])|(?<=\\[nrt]|%[0-9A-F]{2}))(?=[\w.~+/=:$@|%-]{12})[A-Za-z0-9]/g;

/** A shorter body counts when it looks drawn at random: of a token that is being typed, the first half is on the screen before the second. */
const shortestBody = 8;

/** One expression for all formats. Group 2n + 1 is a format's prefix and 2n + 2 its body. */
const anyFormat = new RegExp(
  formats.map(({ prefix, body }) => `(${prefix})(${shortened(prefix, body)})`).join('|'),
  'y',
);

function shortened(prefix: string, body: string): string {
  return !isTelling(prefix) ? body : body.replace(/^([^{}]+)\{(\d+),\}$/, `$1{${shortestBody},}`);
}

/** `sk` alone says too little. */
function isTelling(prefix: string): boolean {
  return /[_.:/-]|\w{4}/.test(prefix.replace(/\\[a-z]|\{[^}]*\}/g, ''));
}

/** A longer run that is no token is not tried again from each of its signs. */
const longestBody = 200;

/** Least length of each format's whole body. */
const wholeFrom = formats.map(({ body }) => Number(/^[^{}]+\{(\d+),\}$/.exec(body)?.[1] ?? 0));

/** Behind the name of an account often stands its secret, which has no form: `Client("AC…", "…")`, `AKIA… / …`. */
const partner = /["'`]?[ \t]*[,/:|][ \t]*["'`]?([A-Za-z0-9+/_=-]{20,})/y;

/** Tokens that their own form tells, wherever they stand. */
export function findByFormat(text: string): Finding[] {
  const found: Finding[] = [];
  candidate.lastIndex = 0;
  while (candidate.test(text)) {
    const at = candidate.lastIndex - 1;
    anyFormat.lastIndex = at;
    const match = anyFormat.exec(text);
    if (match === null) continue;
    const row = match.findIndex((group, index) => index % 2 === 1 && group !== undefined) >> 1;
    const prefix = match[2 * row + 1] ?? '';
    const body = match[2 * row + 2] ?? '';
    const format = formats[row];
    const start = at + prefix.length;
    if (format === undefined || !isBody(body, format, wholeFrom[row] ?? 0)) {
      if (body.length > longestBody) candidate.lastIndex = start + body.length;
      continue;
    }
    const end = tokenEnd(text, start + body.length);
    found.push({ start, end, kind: format.kind, tokenStart: at });
    candidate.lastIndex = end;
    partner.lastIndex = end;
    const secret = partner.exec(text)?.[1];
    if (secret === undefined || !(looksRandom(secret) || /^[A-Za-z0-9+/]{40}$/.test(secret))) continue;
    found.push({ start: partner.lastIndex - secret.length, end: partner.lastIndex, kind: format.kind });
  }
  return found;
}

function isBody(body: string, { checked }: Format, whole: number): boolean {
  if (body.length >= whole) return checked !== true || looksRandom(body);
  return /\d/.test(body) && /[A-Za-z]/.test(body) && (looksRandom(body) || /^[0-9a-f]+$/i.test(body));
}

/** What a token that is being typed may be made of. */
const runBeforeCaret = /[\w+/=.~:$|%-]{6,300}$/;

/** From so many characters behind its prefix on, a token that ends at the caret counts: the rest is still to come. */
const begunBody = 4;

/** Beginnings of the formats whose prefix alone tells. */
const anyBegun = new RegExp(
  formats
    .filter(({ prefix, checked }) => checked !== true && isTelling(prefix))
    .map(({ prefix, body }) => `(?:${prefix})(?=(${firstSet(body)}{${begunBody},}))`)
    .join('|'),
  'y',
);

function firstSet(body: string): string {
  return /^(\[(?:\\.|[^\]])+\]|\\w)\{/.exec(body)?.[1] ?? '\\w';
}

/** A token that stands right before the caret and is not whole yet. */
export function findBegun(text: string, caret: number): Finding[] {
  const run = runBeforeCaret.exec(text.slice(Math.max(0, caret - 300), caret))?.[0] ?? '';
  const offset = caret - run.length;
  for (const { index } of run.matchAll(/(?<![A-Za-z0-9])[A-Za-z0-9]/g)) {
    anyBegun.lastIndex = index;
    const match = anyBegun.exec(run);
    const body = match?.slice(1).find((group) => group !== undefined);
    if (match === null || body === undefined || !looksBegun(body)) continue;
    const start = index + match[0].length;
    return [
      { start: offset + start, end: caret, kind: 'token that is being typed', tokenStart: offset + index },
    ];
  }
  return [];
}

function looksBegun(body: string): boolean {
  if (/[a-z]\d|\d[a-z]/i.test(body)) return !/^[A-Z]?[a-z]+[_-]?\d{1,2}$/.test(body);
  return looksRandom(body) || /^\d{8,}/.test(body);
}

const wordRest = /[\w-]*/y;
const nextPiece = /[+/=.~%]+([\w-]*)/y;

/** Makers lengthen their tokens and add checksums: what goes on without a break, and looks like more of it, belongs to it. */
function tokenEnd(text: string, from: number): number {
  wordRest.lastIndex = from;
  wordRest.exec(text);
  let end = wordRest.lastIndex;
  for (;;) {
    nextPiece.lastIndex = end;
    const piece = nextPiece.exec(text);
    if (piece === null || !(looksRandom(piece[1] ?? '') || /^=+$/.test(piece[0]))) return end;
    end = nextPiece.lastIndex;
  }
}
