import type { Chance } from './cleanRandom.ts';

/** A source file. */
export interface Source {
  readonly language: string;
  readonly path: string;
  readonly text: string;
}

/** A place in a real file and what stood there. */
export interface Case extends Source {
  readonly kind: 'line' | 'middle' | 'block';
  readonly prefix: string;
  readonly truth: string;
  readonly suffix: string;
}

/** Takes places of a file at random: the rest of a line from its middle, the middle of a line, a block of up to six lines. */
export function casesOf(source: Source, count: number, chance: Chance): Case[] {
  const lines = source.text.split('\n');
  const cases: Case[] = [];
  for (let tries = 0; tries < count * 8 && cases.length < count; tries++) {
    const roll = chance.next();
    const at = chance.between(1, Math.max(1, lines.length - 2));
    const found =
      roll < 0.4
        ? restOfLine(source, lines, at, chance, false)
        : roll < 0.5
          ? restOfLine(source, lines, at, chance, true)
          : block(source, lines, at, chance);
    if (found !== undefined) cases.push(found);
  }
  return cases;
}

function offsetOf(lines: readonly string[], line: number): number {
  let offset = 0;
  for (let i = 0; i < line; i++) offset += (lines[i]?.length ?? 0) + 1;
  return offset;
}

function cut(source: Source, start: number, end: number, kind: Case['kind']): Case {
  const { text } = source;
  return {
    ...source,
    kind,
    prefix: text.slice(0, start),
    truth: text.slice(start, end),
    suffix: text.slice(end),
  };
}

function restOfLine(source: Source, lines: readonly string[], at: number, chance: Chance, keepEnd: boolean) {
  const line = lines[at] ?? '';
  const first = line.search(/\S/);
  if (first < 0 || line.trim().length < 10 || line.length > 300) return undefined;
  const starts = [...line.matchAll(/(?<=\W)\w|(?<=\w)\W|(?<=\s)\S/g)].map((match) => match.index);
  const inner = starts.filter((index) => index > first + 2 && index < line.trimEnd().length - 2);
  if (inner.length === 0) return undefined;
  const column =
    chance.next() < 0.2 ? chance.between(first + 3, line.trimEnd().length - 2) : chance.pick(inner);
  const offset = offsetOf(lines, at);
  const closers = /[)\]}"'`;,]+$/.exec(line);
  if (!keepEnd) {
    return line.slice(column).trim() === ''
      ? undefined
      : cut(source, offset + column, offset + line.length, 'line');
  }
  if (closers === null || closers.index <= column + 1) return undefined;
  return cut(source, offset + column, offset + closers.index, 'middle');
}

const indentOf = (line: string) => line.length - line.trimStart().length;

/** Columns of white space before a line: where spaces and tabs are mixed, a tab reaches to the next eighth one. */
function columnsOf(line: string): number {
  let columns = 0;
  for (const blank of line.slice(0, indentOf(line)))
    columns = blank === '\t' ? columns + 8 - (columns % 8) : columns + 1;
  return columns;
}

function block(source: Source, lines: readonly string[], at: number, chance: Chance) {
  const first = lines[at] ?? '';
  if (first.trim() === '' || /^\s*[)\]}]/.test(first)) return undefined;
  const indent = indentOf(first);
  const level = columnsOf(first);
  let end = at;
  const most = chance.between(1, 6);
  while (end < lines.length && end - at < most) {
    const line = lines[end] ?? '';
    if (line.trim() !== '' && columnsOf(line) < level) break;
    end++;
  }
  while (end > at && (lines[end - 1] ?? '').trim() === '') end--;
  if (end <= at || end >= lines.length) return undefined;
  const from = offsetOf(lines, at);
  const to = offsetOf(lines, end) - 1;
  const roll = chance.next();
  // After the line above, at the first visible character, or at the margin.
  if (roll < 0.25 && (lines[at - 1] ?? '').trim() !== '') return cut(source, from - 1, to, 'block');
  if (roll < 0.8) return cut(source, from + indent, to, 'block');
  return roll < 0.9 ? cut(source, from, to, 'block') : cut(source, from, to + 1, 'block');
}
