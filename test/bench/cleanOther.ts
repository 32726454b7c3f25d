import type { Case } from './cleanCases.ts';
import type { Chance } from './cleanRandom.ts';
import { linePrefix, type Spoil } from './cleanSpoil.ts';

const comments: Readonly<Record<string, string>> = { python: '#' };

const leftOut = [
  '... rest of code unchanged',
  '... existing code ...',
  'rest of the function remains the same',
  '...',
  '... (rest of the implementation)',
];

const caretMarks = ['█', '<|cursor|>', '[CURSOR]', '<CURSOR>', '{{cursor}}', '<caret/>', '<caret-1a2b/>'];

const numberings: readonly ((number: number, line: string) => string)[] = [
  (number, line) => `${number}: ${line}`,
  (number, line) => `${number}  ${line}`,
  (number, line) => `L${number}: ${line}`,
  (number, line) => `[${number}] ${line}`,
];

/** Ways of leaving out code, of naming the file or the caret, and of writing in another notation. */
export const other: Readonly<Record<string, Spoil>> = {
  'code left out after': (c, chance) =>
    endsLine(c) ? `${c.truth.trimEnd()}\n${indentOf(c)}${markOf(c)} ${chance.pick(leftOut)}` : undefined,
  'code left out before': (c, chance) =>
    isWhole(c) && linePrefix(c) !== ''
      ? `${markOf(c)} ${chance.pick(leftOut)}\n${linePrefix(c)}${c.truth}`
      : undefined,
  points: (c) => (isWhole(c) ? `${c.truth}\n...` : undefined),
  'mark of the caret': (c, chance) => {
    const mark = chance.pick(caretMarks);
    return chance.next() < 0.5 ? `${mark}${c.truth}` : `${c.truth}${mark}`;
  },
  'fence with a file': (c, chance) => {
    const name = c.path.split('/').at(-1) ?? '';
    return `${chance.pick([`\`\`\`${name}`, `**${name}**\n\`\`\``, `File: ${name}\n\`\`\``, `### ${name}\n\n\`\`\`${c.language}`])}\n${c.truth}\n\`\`\``;
  },
  'prompt repeated': (c, chance) =>
    `${chance.pick([`${c.path.split('/').at(-1)} (${c.language}, 4 spaces)`, 'Insert at caret-1a2b: rest of line'])}\n${c.truth}`,
  'numbers of lines in the file': (c, chance) => {
    if (!isWhole(c) || !c.truth.includes('\n')) return undefined;
    const first = c.prefix.split('\n').length;
    const numbered = chance.pick(numberings);
    const lines = `${linePrefix(c)}${c.truth}`.split('\n');
    return lines.map((line, index) => numbered(first + index, line)).join('\n');
  },
  'diff with kept lines': (c, chance) => {
    const above = c.prefix.split('\n').slice(-4, -1);
    if (!isWhole(c) || above.join('').replace(/\W/g, '').length < 10) return undefined;
    const added = `${linePrefix(c)}${c.truth}`.split('\n').map((line) => `+${line}`);
    return [...head(chance), ...above.map((line) => ` ${line}`), ...added].join('\n');
  },
  'curly quotes': (c) => {
    if (/[“”‘’]/.test(c.text) || !c.truth.includes('"')) return undefined;
    let open = false;
    return c.truth.replaceAll('"', () => {
      open = !open;
      return open ? '“' : '”';
    });
  },
  'backslashes of Markdown': (c) =>
    c.text.includes('\\_') || c.truth.includes('\\') ? undefined : c.truth.replace(/_/g, '\\_'),
  'line breaks as in a string': (c) =>
    c.truth.includes('\\') || !c.truth.includes('\n') ? undefined : c.truth.replaceAll('\n', '\\n'),
  'answer twice': (c, chance) =>
    c.truth.replace(/\W/g, '').length < 8
      ? undefined
      : chance.pick([
          `${c.truth}\n\nor\n\n${c.truth}`,
          `${c.truth}\n---\n${c.truth}`,
          ...(isWhole(c) && c.truth.split('\n').length > 2 ? [`${c.truth}\n${linePrefix(c)}${c.truth}`] : []),
        ]),
};

/** The head of a hunk, or none. */
function head(chance: Chance): readonly string[] {
  return chance.next() < 0.5 ? ['@@ -12,6 +12,9 @@'] : [];
}

function markOf(c: Case): string {
  return comments[c.language] ?? '//';
}

/** Nothing stands right of the caret. */
function endsLine(c: Case): boolean {
  return c.kind !== 'middle' && (c.suffix.split('\n')[0] ?? '').trim() === '';
}

/** A block from the first visible character of its first line to the end of its last one. */
function isWhole(c: Case): boolean {
  return (
    c.kind === 'block' &&
    linePrefix(c).trim() === '' &&
    !c.truth.startsWith('\n') &&
    !c.truth.endsWith('\n') &&
    endsLine(c)
  );
}

/** The white space that the answer's first line begins with. */
function indentOf(c: Case): string {
  const lines = `${linePrefix(c)}${c.truth}`.split('\n');
  return /^\s*/.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
}
