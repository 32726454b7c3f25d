import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { HistoryRecord } from '../../src/core/history.ts';

/** What the soak tells of itself, one line of JSON after each part. */
export interface SoakReading {
  readonly documents: number;
  readonly keys: number;
  /** After a full collection, in MB. */
  readonly heap: number;
  /** Milliseconds from a question to its answer without the pauses that were meant, of this part. */
  readonly answers: readonly number[];
  /** Timers, sockets and the like that the process holds. */
  readonly resources: number;
}

/** What a run is made of; from the environment, as the suite cannot be given arguments. */
const setting = vscode.workspace.getConfiguration('foretypeSoak');
const documents = setting.get<number>('documents', 300);
const keys = setting.get<number>('keys', 50_000);

/** What is typed: code with names of its own in every document, so that drafts do not answer for each other. */
function code(number: number): string {
  return `export function total${number}(lines: readonly Line[]): number {\n  let sum = 0;\n  for (const line of lines) {\n    if (line.kind === 'gift') continue;\n    sum += line.price * line.count;\n  }\n  return sum;\n}\n\nexport class Cart${number} {\n  private readonly lines: Line[] = [];\n  add(line: Line): void {\n    this.lines.push(line);\n  }\n}\n`;
}

/** A person stops to think after so many keys and looks at what is suggested; only then is there an answer at all. */
const keysPerThought = 20;

/** The longest that a thought waits for an answer, ms: VS Code asks 50 ms after a key, the pause is up to 300, the model takes 60. */
const patience = 800;

/** Pauses that are meant: between the keys, and after failures. */
const meant = new Set(['pause', 'rest']);

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

function heapInMb(): number {
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed / 1_048_576;
}

/** Called by VS Code inside the extension host. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('foretype.foretype');
  const seen: unknown = await extension?.activate();
  const history = (seen as { history(): readonly HistoryRecord[] }).history;
  const perDocument = Math.ceil(keys / documents);
  const perPart = Math.max(1, Math.floor(documents / 10));
  let typed = 0;
  let answers: number[] = [];
  let last: HistoryRecord | undefined;
  const gather = () => {
    const records = history();
    const fresh = last === undefined ? records : records.slice(records.lastIndexOf(last) + 1);
    last = records.at(-1) ?? last;
    for (const { stages, result } of fresh) {
      // Questions that the next key took back have no answer.
      if (result.kind !== 'suggest') continue;
      answers.push(stages.reduce((sum, [name, ms]) => sum + (meant.has(name) ? 0 : ms), 0));
    }
  };
  const think = async () => {
    const before = history().at(-1);
    const until = performance.now() + patience;
    while (performance.now() < until) {
      const now = history().at(-1);
      if (now !== before && now?.result.kind === 'suggest') break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    gather();
  };
  for (let number = 1; number <= documents; number += 1) {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: code(0) });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('cursorBottom');
    const text = code(number).repeat(Math.ceil(perDocument / code(number).length));
    for (let key = 0; key < perDocument; key += 1) {
      if (key % 97 === 96) await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      else if (key % 41 === 40) await vscode.commands.executeCommand('deleteLeft');
      else await vscode.commands.executeCommand('type', { text: text.charAt(key) });
      typed += 1;
      if (key % keysPerThought === keysPerThought - 1) await think();
    }
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    if (number % perPart !== 0) continue;
    gather();
    const reading: SoakReading = {
      documents: number,
      keys: typed,
      heap: heapInMb(),
      answers,
      resources: process.getActiveResourcesInfo().length,
    };
    console.log(`soak: ${JSON.stringify(reading)}`);
    answers = [];
  }
}
