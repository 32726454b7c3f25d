import type { Case } from './cleanCases.ts';
import type { Spoil } from './cleanSpoil.ts';

const leads = [
  'Hier ist der Rest der Funktion:',
  'Voici la suite de la fonction :',
  'Aquí tienes el resto de la función:',
  'これが残りのコードです：',
  'Вот остальная часть функции:',
];

const speakers = ['Assistant: ', 'assistant\n', '### Answer:\n', '**Response:**\n', '[ASSISTANT]: '];
const turns = ['\n\nUser: thank you', '\nuser\nand the next one?', '\n\nHuman: go on'];

/** Ways that put something before each line of the answer, write it in another notation, or say who speaks. */
export const marking: Readonly<Record<string, Spoil>> = {
  'fence in a fence': (c) => `\`\`\`\`md\n\`\`\`${c.language}\n${c.truth}\n\`\`\`\n\`\`\`\``,
  'another language': (c, chance) => `${chance.pick(leads)}\n\n${c.truth}`,
  speaker: (c, chance) => `${chance.pick(speakers)}${c.truth}`,
  'next turn': (c, chance) => `${c.truth}${chance.pick(turns)}`,
  diff: (c, chance) => {
    const lines = linesOf(c)?.map((line) => `+${line}`);
    if (lines === undefined) return undefined;
    return [...(chance.next() < 0.5 ? [`@@ -${chance.between(1, 90)},3 +7,4 @@`] : []), ...lines].join('\n');
  },
  'line numbers': (c, chance) => {
    const first = chance.pick([1, c.prefix.split('\n').length]);
    return linesOf(c)
      ?.map((line, index) => `${first + index} | ${line}`)
      .join('\n');
  },
  'quotation marks': (c) =>
    linesOf(c)
      ?.map((line) => `> ${line}`)
      .join('\n'),
  'spaces at line ends': (c) => (c.truth.includes('\n') ? c.truth.replace(/(?<=\S)\n/g, '  \n') : undefined),
  'unbreakable spaces': (c) => c.truth.replace(/(?<=\S) (?=\S)/g, '\u00a0'),
  'written for a web page': (c) =>
    c.truth
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;'),
  'in JSON': (c) => JSON.stringify({ completion: c.truth }),
};

/** The lines of a block from the margin on; undefined where the answer begins within a line. */
function linesOf(c: Case): string[] | undefined {
  const line = c.prefix.slice(c.prefix.lastIndexOf('\n') + 1);
  const whole =
    c.kind === 'block' && line.trim() === '' && !c.truth.startsWith('\n') && !c.truth.endsWith('\n');
  return whole ? `${line}${c.truth}`.split('\n') : undefined;
}
