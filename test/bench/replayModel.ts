import { type ModelServer, startModelServer } from '../support/modelServer.ts';
import { piecesOf } from '../support/modelServerScript.ts';
import { errorsOf } from './keysModel.ts';
import { logNormal, normal, seeded } from './random.ts';

/** Time to the first token of gpt-4o-mini, median ms, and its spread (an assumption: field measurements lie at 350 to 700). */
const firstTokenMs = 400;
const firstTokenSpread = 0.35;

/** The published speed of its family. */
const tokensPerSecond = 108;

/** Share of answers with a chat model's habits: a fence, the line so far again, or a sentence before the code. */
const habitShare = 0.33;

/** Lines that the model writes at most. */
const mostLines = 12;

/** The first word that is wrong, and what follows it: each one token on the wire. */
const firstWrong = 'oopz';
const furtherWrong = ' oops.oops( oops, oops );\n  oops oops';

/** The text that a person types: `text` from `from` to `to`. */
export interface Region {
  readonly path: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** A model server that knows a text and answers with how it goes on, with a model's latency and faults. */
export interface KnowingServer {
  readonly server: ModelServer;
  /** Characters that were sent, over all requests so far. */
  streamed(): number;
}

/** Starts one. `typedTo` tells how far the person has come, as an upper bound for the place of the caret in a prompt. */
export async function startKnowingServer(
  region: Region,
  seed: number,
  typedTo: () => number,
): Promise<KnowingServer> {
  const random = seeded(seed);
  const errors = [...errorsOf(region.text, seed).values()];
  const answers: string[] = [];
  const server = await startModelServer({
    tokensPerSecond,
    firstTokenMs,
    text: (prompt) => {
      server.script({ firstTokenMs: logNormal(random, firstTokenMs, firstTokenSpread) });
      const caret = caretIn(prompt, region, typedTo());
      const answer =
        caret === undefined
          ? ''
          : habit(random, region.text, caret) + continuation(region.text, caret, errors);
      answers.push(answer);
      return answer;
    },
    // Right tokens are likelier than the one at which the model goes wrong, with overlap.
    logprob: (piece) =>
      Math.min(-0.0001, (piece.includes(firstWrong) ? -1.1 : -0.12) * Math.exp(0.9 * normal(random))),
  });
  const streamed = () =>
    server.requests.reduce((sum, { tokensSent }, at) => {
      return (
        sum +
        piecesOf(answers[at] ?? '')
          .slice(0, tokensSent)
          .join('').length
      );
    }, 0);
  return { server, streamed };
}

/** The offset of a prompt's caret in the text: where what stands before its mark ends, as near to `typedTo` as can be. */
function caretIn(prompt: string, { text, from }: Region, typedTo: number): number | undefined {
  const before = prompt.slice(0, prompt.lastIndexOf('<caret'));
  for (const length of [160, 80, 40]) {
    const tail = before.slice(-length);
    for (let at = typedTo; at >= from; at--) if (text.slice(0, at).endsWith(tail)) return at;
  }
  return undefined;
}

/** How the text goes on, for some lines, until the model goes wrong. */
function continuation(text: string, caret: number, errors: readonly number[]): string {
  const lines = text.slice(caret).split('\n').slice(0, mostLines).join('\n');
  const wrongAt = Math.min(...errors.filter((at) => at >= caret));
  return wrongAt >= caret + lines.length ? lines : text.slice(caret, wrongAt) + firstWrong + furtherWrong;
}

function habit(random: () => number, text: string, caret: number): string {
  const chance = random() / habitShare;
  if (chance >= 1) return '';
  if (chance < 1 / 3) return '```typescript\n';
  if (chance < 2 / 3) return text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
  return 'Here is the code:\n\n```typescript\n';
}
