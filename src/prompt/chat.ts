import type { ChatMessage, Prompt, Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import { type Bounds, splitBudget } from './budget.ts';
import type { CountTokens } from './tokens.ts';

/** What a chat prompt needs besides the place. */
export interface ChatOptions {
  readonly bounds: Bounds;
  readonly maxLines: number;
  readonly count: CountTokens;
  /** Letters and digits that nobody can guess; new ones each time. */
  readonly random: () => string;
}

const system: ChatMessage = {
  role: 'system',
  content: `You are the completion engine of a code editor. Each message shows a file with a mark such as <caret-0000/> where the caret stands. Reply with exactly the characters to insert there, so that the file reads on correctly into what follows the mark.
- Only code: no fences, no explanations, no mark.
- Never repeat what stands before the mark, on its line or above, nor what follows it. Close only brackets that nothing after the mark closes.
- Keep the file's indentation, names and style. Use the other files shown, invent no names.
- "rest of line": finish the line and stop. "block": finish the statement or block and stop.
- If nothing belongs there, reply with nothing.`,
};

/** Worked examples, one of each kind: they show the form of the answer in the channel it is given in. */
const examples: readonly ChatMessage[] = [
  {
    role: 'user',
    content:
      'math.ts\nconst area = (w: number, h: number) => <caret-0000/>;\nconst unit = area(1, 1);\nInsert: rest of line',
  },
  { role: 'assistant', content: 'w * h' },
  {
    role: 'user',
    content: 'shop.py\ndef total(items):\n    s = 0\n    <caret-0000/>\n    return s\nInsert: block',
  },
  { role: 'assistant', content: 'for item in items:\n        s += item.price' },
];

/** Tokens of a chat turn besides its text, and of a request besides its turns (OpenAI's cookbook on counting tokens). */
const perTurn = 4;
const perRequest = 3;

/** Tokens besides the code of the last turn: path, language, kind, marks; and besides the text of a snippet. */
const perPlace = 70;
const perSnippet = 20;

/** Asks a chat model to fill in the place of the caret. */
export function composeChat(site: Site, snippets: readonly Snippet[], options: ChatOptions): Prompt {
  const { count } = options;
  const { maxTokens, answerTokens } = options.bounds;
  const stable = [system, ...examples];
  const fixed = stable.reduce(
    (sum, turn) => sum + count(turn.content) + perTurn,
    perTurn + perRequest + perPlace,
  );
  const mark = markFor(site, snippets, options.random);
  let code = maxTokens - fixed;
  let messages = withPlace(stable, site, snippets, code, mark, options);
  for (
    let over = tokensOf(messages, count) - maxTokens;
    over > 0 && code > 0;
    over = tokensOf(messages, count) - maxTokens
  ) {
    code = Math.max(0, code - over - 1);
    messages = withPlace(stable, site, snippets, code, mark, options);
  }
  return {
    kind: 'chat',
    messages,
    stop: ['\n\n\n', `<${mark}`],
    maxTokens: answerTokens,
  };
}

function withPlace(
  stable: readonly ChatMessage[],
  site: Site,
  snippets: readonly Snippet[],
  budget: number,
  mark: string,
  options: ChatOptions,
): ChatMessage[] {
  const { path, languageId, indentUnit } = site.snapshot;
  const parts = splitBudget(site, snippets, budget, options.count, perSnippet);
  const others = parts.snippets.map(
    (snippet) => `${snippet.path}\n${snippet.text.trimEnd()}\n<end-${mark}/>\n`,
  );
  const unit = indentUnit === '\t' ? 'tabs' : `${indentUnit.length} spaces`;
  const kind = site.extent === 'line' ? 'rest of line' : `block, at most ${options.maxLines} lines`;
  const content = `${others.join('')}${path} (${languageId}, ${unit})\n${parts.prefix}<${mark}/>${parts.suffix}\nInsert: ${kind}`;
  return [...stable, { role: 'user', content }];
}

/** A mark that stands nowhere in the document and the snippets. */
function markFor(site: Site, snippets: readonly Snippet[], random: () => string): string {
  for (let tries = 0; tries < 8; tries++) {
    const mark = `caret-${random()}`;
    if (!site.snapshot.text.includes(mark) && !snippets.some((snippet) => snippet.text.includes(mark)))
      return mark;
  }
  return `caret-${random()}${random()}`;
}

/** Tokens of a whole chat request. */
export function tokensOf(messages: readonly ChatMessage[], count: CountTokens): number {
  return messages.reduce((sum, message) => sum + count(message.content) + perTurn, perRequest);
}
