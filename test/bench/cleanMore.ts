import type { Case } from './cleanCases.ts';

import { linePrefix, type Spoil } from './cleanSpoil.ts';

const leads = [
  'The rest of the line is:',
  'My suggestion:',
  'Filled in:',
  'Continuing the code:',
  'Given the code around it, the next lines would be:',
  'This is what belongs there:',
];
const tails = [
  'The function now returns the right value.',
  'If you need anything else, just ask!',
  '### Explanation\n\nThe value is checked first.',
  'Changes made:\n- Added the missing branch',
];
const musings = [
  'We need only the arguments.',
  'First, look at what follows:\n\n```\nf(a)\n```\n\nSo be it.',
];
const hidden = ['\u200b', '\u2067', '\u202c', '\ufeff', '\u061c', '\u0007', '\u{e0041}', '\u200f'];

/** More ways: said in other words, repeated with differences or just once more, set in otherwise. */
export const more: Readonly<Record<string, Spoil>> = {
  'talk all around': (c, chance) => `${chance.pick(leads)}\n\n${c.truth}\n\n${chance.pick(tails)}`,
  'thoughts with code': (c, chance) =>
    `<think>\n${chance.pick(musings)}\n</think>\n\n${fenced(c.truth, c.language)}`,
  'channels of thoughts': (c) =>
    `<|channel|>analysis<|message|>we need the rest of the line.<|end|><|start|>assistant<|channel|>final<|message|>${c.truth}<|return|>`,
  'fence with attributes': (c) => `\`\`\`${c.language} title="a"\n${c.truth}\n\`\`\``,
  'indented fence': (c) =>
    linesOf(c) &&
    `   \`\`\`\n${linesOf(c)
      ?.map((line) => `   ${line}`)
      .join('\n')}\n   \`\`\``,
  'two fences': (c) =>
    `${fenced(c.truth, c.language)}\n\nOr, alternatively:\n\n${fenced(`other(${c.language})`, c.language)}`,
  'fence after the answer': (c) => `${c.truth}\n\n${fenced(c.truth, c.language)}`,
  'said in a sentence': (c, chance) =>
    isPlainLine(c) ? chance.pick([`The completion is \`${c.truth}\`.`, `- \`${c.truth}\``]) : undefined,
  'words on its line': (c, chance) =>
    /^\S/.test(c.truth) ? `${chance.pick(['Here is the completion: ', 'Answer: '])}${c.truth}` : undefined,
  'prompt to fill in': (c) =>
    `<|fim_prefix|>${linePrefix(c)}<|fim_suffix|>${c.suffix.split('\n')[0]}<|fim_middle|>${c.truth}<|endoftext|>`,
  'earlier lines dedented': (c, chance) => {
    const lines = [...c.prefix.split('\n').slice(-1 - chance.between(2, 6)), ''].slice(0, -1);
    const base = leastIndent([...lines.slice(0, -1), `${lines.at(-1)}${c.truth.split('\n')[0]}`]);
    if (base === '' || c.truth.startsWith('\n') || lines.join('').replace(/\W/g, '').length < 12)
      return undefined;
    return `${lines.map((line) => withoutIndent(line, base)).join('\n')}${continuedWithout(c.truth, base)}`;
  },
  'word begun again': (c) => {
    const word = /[A-Za-z_]\w+$/.exec(linePrefix(c))?.[0];
    return word === undefined || !/^\w/.test(c.truth) ? undefined : `${word}${c.truth}`;
  },
  'suffix, a line left out': (c) => {
    const lines = following(c, 6);
    return lines === undefined
      ? undefined
      : `${c.truth}${lines.filter((_, index) => index !== 3).join('\n')}`;
  },
  'suffix, a name changed': (c, chance) => {
    const lines = following(c, chance.between(3, 7));
    const at = chance.between(2, 3);
    const changed = lines?.map((line, index) =>
      index === at ? line.replace(/\b[a-z]\w{3,}/, 'other$&') : line,
    );
    return changed && `${c.truth}${changed.join('\n')}`;
  },
  'suffix, cut short': (c, chance) => {
    const text = following(c, chance.between(2, 5))?.join('\n').trimEnd();
    return text && `${c.truth}${text.slice(0, Math.max(text.lastIndexOf('\n') + 8, text.length - 12))}`;
  },
  'line twice': (c) => {
    const last =
      c.truth.split('\n').length > 1 ? (c.truth.split('\n').at(-1) ?? '') : `${linePrefix(c)}${c.truth}`;
    return endsLine(c) && last.replace(/\W/g, '').length >= 12 ? `${c.truth}\n${last}` : undefined;
  },
  'answer again': (c, chance) =>
    linesOf(c) && c.truth.replace(/\W/g, '').length >= 20
      ? `${c.truth}${chance.pick(['\n', '\n\n'])}${linePrefix(c)}${c.truth}`
      : undefined,
  'phrases with commas': (c, chance) => {
    const phrase = /[A-Za-z]\w*(?:\W{1,2}\w+){0,2}\W?$/.exec(c.truth)?.[0] ?? '';
    if (c.kind === 'middle' || !endsLine(c) || phrase.length < 8 || phrase.endsWith(',')) return undefined;
    return `${c.truth}${`, ${phrase}`.repeat(chance.between(6, 14))}`;
  },
  'tabs and spaces from the margin': (c) => {
    if (!/^[ \t]/m.test(c.truth)) return undefined;
    if (/^\t/m.test(c.text) && /^ {2}/m.test(c.text)) return undefined;
    if (/^\t/m.test(c.text))
      return /^ {2}|^\t+ {2}/m.test(c.truth)
        ? undefined
        : c.truth.replace(/^\t+/gm, (tabs) => '    '.repeat(tabs.length));
    const unit = [...c.text.matchAll(/^( +)[^\s*]/gm)].some(([, spaces = '']) => spaces.length === 2) ? 2 : 4;
    const fits = [...c.truth.matchAll(/^( +)\S/gm)].every(([, spaces = '']) => spaces.length % unit === 0);
    return fits ? c.truth.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / unit)) : undefined;
  },
  'a level too deep': (c) => {
    const indent = /^\t/.test(linePrefix(c)) ? '\t' : '    ';
    const lines = linesOf(c);
    if (lines === undefined || lines.length < 2 || linePrefix(c) === '') return undefined;
    return `${indent}${c.truth
      .split('\n')
      .map((line, index) => (index > 0 && line !== '' ? indent + line : line))
      .join('\n')}`;
  },
  'mixed line ends': (c, chance) =>
    c.truth.includes('\n') ? c.truth.replace(/\n/g, () => chance.pick(['\r\n', '\n'])) : undefined,
  'many hidden characters': (c, chance) => {
    const letters = [...c.truth];
    return letters
      .map((letter) => (chance.next() < 0.1 ? `${chance.pick(hidden)}${letter}` : letter))
      .join('');
  },
};

function fenced(text: string, language: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** The rest of the caret's line and so many lines below it; undefined where there is nothing to tell them by. */
function following(c: Case, count: number): string[] | undefined {
  const lines = c.suffix.split('\n').slice(0, 1 + count);
  const said = lines.slice(1).join('').replace(/\W/g, '').length;
  return lines.length > count && said >= 20 ? lines : undefined;
}

function leastIndent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0] ?? '');
  return indents.reduce((least, indent) => (indent.length < least.length ? indent : least), indents[0] ?? '');
}

function withoutIndent(line: string, indent: string): string {
  return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
}

/** The truth, its lines after the first one without some indentation. */
function continuedWithout(truth: string, indent: string): string {
  return truth
    .split('\n')
    .map((line, index) => (index === 0 ? line : withoutIndent(line, indent)))
    .join('\n');
}

function endsLine(c: Case): boolean {
  return (c.suffix.split('\n')[0] ?? '').trim() === '' && !c.truth.endsWith('\n');
}

/** One line that is all code, without backticks. */
function isPlainLine(c: Case): boolean {
  return c.kind !== 'block' && !c.truth.includes('`') && c.truth === c.truth.trim();
}

/** The lines of a block from the margin on; undefined where the answer begins within a line. */
function linesOf(c: Case): string[] | undefined {
  const whole = c.kind === 'block' && linePrefix(c).trim() === '' && !/^\n|\n$/.test(c.truth) && endsLine(c);
  return whole ? `${linePrefix(c)}${c.truth}`.split('\n') : undefined;
}
