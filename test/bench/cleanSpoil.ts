import type { Case } from './cleanCases.ts';
import type { Chance } from './cleanRandom.ts';

/** A way in which a chat model spoils a right answer; undefined where it does not apply. */
export type Spoil = (c: Case, chance: Chance, others: readonly Case[]) => string | undefined;

const fenceNames: Readonly<Record<string, readonly string[]>> = {
  typescript: ['typescript', 'ts', 'javascript', 'tsx', 'TypeScript', ''],
  python: ['python', 'py', 'python3', 'Python', ''],
  go: ['go', 'golang', ''],
  java: ['java', 'Java', ''],
  c: ['c', 'C', 'cpp', 'h', ''],
};

const leads = [
  'Here is the completed code:',
  "Here's the completion:",
  'Sure! Here is the missing code:',
  "Certainly! Here's how you can complete the function:",
  'The completed line should be:',
  'To complete the code, you can use the following snippet:',
  'Of course. The missing part of the code is:',
  'Below is the code that should be inserted at the caret:',
  "Based on the context, here's the continuation:",
  "I've completed the missing part for you:",
  "Sure, here's the code:",
  'You can complete it like this:',
  'The code at the cursor should be as follows:',
  'Okay, here is the block you asked for.',
  'Completion:',
  'Answer:',
];

const tails = [
  'This code completes the function by returning the expected value.',
  'Explanation: the loop goes over all items and adds them up.',
  'This line assigns the value to the variable.',
  "Let me know if you'd like me to explain anything else!",
  'Note that this assumes the variable has been defined earlier.',
  'The above code handles the missing case and returns early.',
  '**Explanation:**\n\n- The condition checks for an empty value.\n- The result is then returned.',
  'I hope this helps! Feel free to ask if you have questions.',
  'In this snippet, the error is checked before it is used.',
  'Here, the method is called with the given arguments.',
  'These changes make sure that the state is consistent.',
  'Make sure to import the required modules.',
];

const thoughts = [
  'The user wants me to complete the line. Looking at the context, I should call the function.',
  'Okay, so we need to fill in the code here.\n\nThe variable is defined above, so:\n\n    x = foo()\n\nThat should work.',
  'Let me think about it.',
];

const pairs: readonly (readonly [string, string])[] = [
  ['<COMPLETION>', '</COMPLETION>'],
  ['<code>', '</code>'],
  ['<answer>', '</answer>'],
  ['<completion>\n', '\n</completion>'],
  ['<output>\n', '\n</output>'],
  ['<CODE5711>', '</CODE5711>'],
  ['<fill>', '</fill>'],
  ['<middle>', '</middle>'],
  ['<insert>\n', '\n</insert>'],
  ['', '</COMPLETION>'],
  ['', '\n</code>'],
];

const ends = [
  '<|endoftext|>',
  '<|im_end|>',
  '</s>',
  '<EOT>',
  '<|eot_id|>',
  '<｜end▁of▁sentence｜>',
  '<|fim_pad|>',
  '<|file_sep|>',
  '<end_of_turn>',
  '<fim_prefix>',
];
const begins = ['<|im_start|>assistant\n', '<s>', '<|fim_middle|>', '<fim_middle>', ' [/INST]', '<MID>'];

/** The ways by name, in the issue's order. */
export const ways: Readonly<Record<string, Spoil>> = {
  fence: (c, chance) => fenced(c.truth, c.language, chance),
  'fence without end': (c, chance) => `\`\`\`${nameFor(c, chance)}\n${c.truth}`,
  'fence with prose': (c, chance) => {
    const roll = chance.next();
    const lead = roll < 0.7 ? `${chance.pick(leads)}\n${chance.next() < 0.6 ? '\n' : ''}` : '';
    const tail = roll < 0.4 || roll >= 0.7 ? `\n\n${chance.pick(tails)}` : '';
    return `${lead}${fenced(c.truth, c.language, chance)}${tail}`;
  },
  'prose before': (c, chance) =>
    `${chance.pick(leads)}\n${chance.next() < 0.5 ? '\n' : ''}${withoutLead(c.truth)}`,
  'prose after': (c, chance) => `${c.truth}\n${chance.next() < 0.8 ? '\n' : ''}${chance.pick(tails)}`,
  think: (c, chance) => {
    const name = chance.pick(['think', 'think', 'thinking', 'reasoning']);
    return `<${name}>${chance.pick(['\n', ''])}${chance.pick(thoughts)}\n</${name}>${chance.pick(['\n\n', '\n'])}${withoutLead(c.truth)}`;
  },
  tags: (c, chance) => {
    const [open, close] = chance.pick(pairs);
    return `${open}${open.endsWith('\n') ? withoutLead(c.truth) : c.truth}${close}`;
  },
  'control tokens': (c, chance) => {
    if (chance.next() < 0.3) return `${chance.pick(begins)}${c.truth}`;
    return `${c.truth}${chance.pick(ends)}${chance.pick(['', '', '\n', 'import os\n\ndef main():\n    pass'])}`;
  },
  'line prefix': (c, chance) => {
    const line = linePrefix(c);
    if (line.trim() === '') return undefined;
    return `${chance.pick([line, line.trimStart(), line.trimStart()])}${c.truth}`;
  },
  'last word': (c) => {
    const word = /[\w$]+[^\w\s]?\s*$/.exec(linePrefix(c))?.[0];
    return word === undefined || word.replace(/\W/g, '').length < 3 ? undefined : `${word}${c.truth}`;
  },
  'earlier lines': (c, chance) => {
    const lines = c.prefix.split('\n');
    const most = Math.min(chance.pick([1, 2, 3, 5, 8]), lines.length - 1);
    const above = lines.slice(-1 - most).join('\n');
    if (above.replace(/\W/g, '').length < 8) return undefined;
    return `${above}${c.truth}`;
  },
  suffix: (c, chance) => {
    const rest = following(c, chance.pick([1, 2, 3, 5, 10, 30]));
    return rest === undefined ? undefined : `${c.truth}${rest}`;
  },
  'suffix with differences': (c, chance) => {
    const rest = following(c, chance.pick([2, 3, 5, 8]));
    if (rest === undefined || rest.split('\n').filter((line) => line.trim() !== '').length < 2)
      return undefined;
    return `${c.truth}${different(rest, chance)}`;
  },
  'brackets closed again': (c, chance) => {
    const closers = closersAfter(c);
    if (closers === undefined) return undefined;
    return `${c.truth}${chance.next() < 0.3 ? closers.slice(0, 1) : closers}`;
  },
  'scope closed again': (c) => {
    const next = /^\s*\n([ \t]*[)\]}]+[;,]?)[ \t]*\n/.exec(c.suffix);
    return c.kind === 'block' && next !== null ? `${c.truth}\n${next[1]}` : undefined;
  },
  'repeated line': (c, chance) => {
    const last = c.truth.trimEnd().split('\n').at(-1) ?? '';
    const whole = c.truth.trimEnd().includes('\n') ? last : linePrefix(c) + last;
    if (whole.replace(/\W/g, '').length < 5) return undefined;
    const line = c.kind === 'line' && linePrefix(c).trim() !== '' ? `${linePrefix(c)}${last}` : whole;
    return `${c.truth.replace(/\n$/, '')}${`\n${line}`.repeat(chance.between(2, 8))}`;
  },
  'repeated phrase': (c, chance) => {
    if (c.kind === 'middle') return undefined;
    const phrase = /\S+(?:\s+\S+){0,2}$/.exec(c.truth)?.[0] ?? '';
    if (phrase.replace(/\W/g, '').length < 4 || phrase.includes('\n')) return undefined;
    return `${c.truth}${` ${phrase}`.repeat(chance.between(4, 12))}`;
  },
  'run on': (c, chance, others) => {
    const other = chance.pick(others.filter((o) => o.language === c.language));
    const top = topLevel(other);
    if (top === undefined) return undefined;
    const rest = c.suffix.split('\n');
    if (c.kind === 'block') {
      const indent = indentOf(c);
      const next = rest.find((line) => line.trim() !== '') ?? '';
      if (indent === 0 || next.length - next.trimStart().length >= indent) return undefined;
      return `${c.truth}\n${/^\s*[)\]}]/.test(next) ? `${next}\n` : ''}\n${top}`;
    }
    const next = rest[1] ?? '';
    if (next.trim() === '' || !/[;,{}:)]$/.test(c.truth.trimEnd()) || c.kind === 'middle') return undefined;
    if (/[{([,:]$/.test(c.truth.trimEnd())) return undefined;
    return `${c.truth}\n${' '.repeat(0)}${linePrefix(c).match(/^\s*/)?.[0] ?? ''}${other.truth.trim()}`;
  },
  'base lost': (c) => {
    if (c.kind !== 'block') return undefined;
    const indent = baseOf(c);
    if (indent === '' || !c.truth.trim().includes('\n')) return undefined;
    return c.truth
      .split('\n')
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n');
  },
  'indentation repeated': (c) => {
    const line = linePrefix(c);
    return c.kind === 'block' && line !== '' && line.trim() === '' ? `${line}${c.truth}` : undefined;
  },
  'tabs and spaces': (c, chance) => {
    if (!c.truth.includes('\n') || !/\n[ \t]/.test(c.truth)) return undefined;
    // Where a file has much of both, nothing tells which of them stood here.
    const counts = [countOf(c.text, /^\t/gm), countOf(c.text, /^ {2,}[^*\s]/gm)];
    if (Math.min(...counts) > Math.max(...counts) / 4) return undefined;
    if (/\n\t/.test(c.truth)) {
      // Where levels of four spaces stand beside tabs, a tab is two of them.
      const unit = /^ {4}\S/m.test(c.text) ? '        ' : chance.pick(['    ', '  ', '    ']);
      return c.truth.replace(/(?<=\n)\t+/g, (tabs) => unit.repeat(tabs.length));
    }
    const widths = [...c.text.matchAll(/^( +)\S/gm)].map((match) => (match[1] ?? '').length);
    const unit = widths.filter((width) => width % 4 === 2).length > widths.length * 0.1 ? 2 : 4;
    if (
      /\n( +)/.exec(c.truth) &&
      [...c.truth.matchAll(/\n( +)/g)].some((m) => (m[1] ?? '').length % unit !== 0)
    )
      return undefined;
    return c.truth.replace(/(?<=\n) +/g, (spaces) => '\t'.repeat(spaces.length / unit));
  },
  crlf: (c) => (c.truth.includes('\n') ? c.truth.replaceAll('\n', '\r\n') : undefined),
  'trailing blanks': (c, chance) =>
    `${c.truth}${chance.pick(['\n', '\n\n', '\n\n\n', '  ', '\n    \n', '\n  '])}`,
  'hidden characters': (c, chance) => {
    const at = chance.between(0, c.truth.length);
    const hidden = chance.pick([
      '\u200b',
      '\ufeff',
      '\u202e',
      '\u2066',
      '\u200e',
      '\u0000',
      '\u00ad',
      '\u2060',
    ]);
    return `${c.truth.slice(0, at)}${hidden}${c.truth.slice(at)}`;
  },
  'line above': (c) => {
    const above = c.prefix.split('\n').at(-2)?.trim() ?? '';
    if (c.kind !== 'block' || above.replace(/\W/g, '').length < 8) return undefined;
    return linePrefix(c).trim() === '' ? `${above}\n${linePrefix(c)}${c.truth}` : undefined;
  },
  'whole echo': (c, chance) => {
    const above = c.prefix
      .split('\n')
      .slice(-1 - chance.between(2, 10))
      .join('\n');
    const below = following(c, chance.between(2, 6));
    if (below === undefined || above.replace(/\W/g, '').length < 10) return undefined;
    return fenced(`${above}${c.truth}${below}`, c.language, chance);
  },
};

function countOf(text: string, what: RegExp): number {
  return [...text.matchAll(what)].length;
}

function nameFor(c: Case, chance: Chance): string {
  return chance.pick(fenceNames[c.language] ?? ['']);
}

function fenced(text: string, language: string, chance: Chance): string {
  const fence = chance.pick(['```', '```', '```', '```', '~~~', '````']);
  const name = chance.pick(fenceNames[language] ?? ['']);
  return `${chance.pick(['', '', '\n'])}${fence}${name}\n${text}\n${fence}${chance.pick(['', '\n'])}`;
}

/** Models begin anew after prose: the line break that the caret's line needs is lost half of the time. */
function withoutLead(truth: string): string {
  return truth;
}

/** The caret's line up to the caret. */
export function linePrefix(c: Case): string {
  return c.prefix.slice(c.prefix.lastIndexOf('\n') + 1);
}

function following(c: Case, count: number): string | undefined {
  const lines = c.suffix.split('\n');
  const taken = lines.slice(0, 1 + count);
  return taken.slice(1).join('').trim() === '' && (taken[0] ?? '').trim() === ''
    ? undefined
    : taken.join('\n').trimEnd();
}

function different(text: string, chance: Chance): string {
  const lines = text.split('\n');
  return lines
    .map((line, index) => {
      if (index < 2 || chance.next() < 0.4) return line;
      const roll = chance.next();
      if (roll < 0.25) return line.replace(/;$/, '');
      if (roll < 0.5) return line.replaceAll('"', "'");
      if (roll < 0.75) return line.replace(/(\w{6,})/, (word) => `${word.slice(0, 3)}${word.slice(4)}`);
      return line.replaceAll(', ', ',');
    })
    .join('\n');
}

/** What the rest of the caret's line, or the next line, closes of the brackets open in the truth's line. */
function closersAfter(c: Case): string | undefined {
  const end = c.suffix.indexOf('\n');
  const rest = (end < 0 ? c.suffix : c.suffix.slice(0, end)).trim();
  return /^[)\]}"'`]+[;,]?$/.test(rest) ? rest : undefined;
}

/** A function or type at the top level of another file. */
function topLevel(other: Case): string | undefined {
  const lines = other.text.split('\n');
  const starts = lines.flatMap((line, i) =>
    /^(def |class |func |function |export |static |public |async |type |int |void |const |@)/.test(line)
      ? [i]
      : [],
  );
  const start = starts[Math.floor(starts.length / 2)];
  return start === undefined ? undefined : lines.slice(start, start + 6).join('\n');
}

function indentOf(c: Case): number {
  return baseOf(c).length;
}

/** The indentation of the block's first line. */
function baseOf(c: Case): string {
  const line = linePrefix(c);
  if (line !== '' && line.trim() === '') return line;
  return /^\s*/.exec(c.truth.replace(/^\n+/, ''))?.[0] ?? '';
}
