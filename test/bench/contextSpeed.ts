import type { Snapshot, SourceText } from '../../src/core/snapshot.ts';
import { readRepository } from './contextCases.ts';
import { diskWorkspace, nodeGather, nodeSyntax } from './contextEngine.ts';

/** What typing costs: figures in ms unless said otherwise. */
export interface Speed {
  readonly gather: readonly number[];
  readonly survey: readonly number[];
  /** The longest time that the first parse of the long file held the thread. */
  readonly firstParse: number;
  /** Share of the context's bytes that stand at the same place as one key before. */
  readonly unchanged: number;
}

const signal = new AbortController().signal;

/** Files of about so many lines, put together from the files of a repository. */
function longFiles(root: string, languageId: string, lines: number, count: number): SourceText[] {
  const all = [...readRepository(root, root, languageId).files.values()].flatMap(({ text }) =>
    text.split('\n'),
  );
  return Array.from({ length: count }, (_, i) => {
    const start = (i * lines) % Math.max(1, all.length - lines);
    const text = all.slice(start, start + lines).join('\n');
    return { uri: `file:///long${i}`, path: `long${i}.js`, languageId, version: 1, text };
  });
}

/** Types into the middle of a file with nine others open, and into a long file. */
export async function measureSpeed(root: string, languageId: string): Promise<Speed> {
  const syntax = nodeSyntax();
  await syntax.ready(languageId);
  const [current, ...others] = longFiles(root, languageId, 2000, 10);
  if (current === undefined) throw new Error('No material.');
  let open: readonly SourceText[] = [current, ...others];
  const gather = nodeGather(
    syntax,
    diskWorkspace(root, () => open),
  );
  const typed = '\n  const result = compute(value, options);\n  return result.filter((item) => item.name);\n';
  const at = current.text.indexOf('\n', current.text.length / 2);
  const times: number[] = [];
  let before = '';
  let same = 0;
  let all = 0;
  for (let i = 0; i < typed.length * 2; i++) {
    const text = current.text.slice(0, at) + typed.slice(0, i % typed.length) + current.text.slice(at);
    const snapshot: Snapshot = {
      ...current,
      version: i + 2,
      text,
      caret: at + (i % typed.length),
      indentUnit: '  ',
    };
    open = [snapshot, ...others];
    const site = syntax.survey(snapshot);
    const started = performance.now();
    const snippets = await gather(site, 6000, signal);
    if (i >= typed.length) times.push(performance.now() - started);
    const sent = snippets.map((one) => `${one.path}\n${one.text}\n`).join('');
    let equal = 0;
    while (equal < Math.min(sent.length, before.length) && sent[equal] === before[equal]) equal++;
    if (i % typed.length > 0) {
      same += equal;
      all += sent.length;
    }
    before = sent;
  }

  const [long] = longFiles(root, languageId, 10_000, 1);
  if (long === undefined) throw new Error('No material.');
  const surveys: number[] = [];
  const lag = lagMeter();
  const caret = long.text.indexOf('\n', long.text.length / 2);
  const first: Snapshot = { ...long, uri: 'file:///ten-thousand', caret, indentUnit: '  ' };
  syntax.survey(first);
  await syntax.outline(first, signal);
  const firstParse = await lag.stop();
  for (let i = 0; i < 300; i++) {
    const text = long.text.slice(0, caret) + 'abcdefgh '.repeat(40).slice(0, i) + long.text.slice(caret);
    const started = performance.now();
    syntax.survey({ ...first, version: i + 2, text, caret: caret + i });
    surveys.push(performance.now() - started);
  }
  syntax.dispose();
  return { gather: times, survey: surveys, firstParse, unchanged: same / all };
}

/** Measures the longest time in which the event loop did not come round. */
function lagMeter(): { stop(): Promise<number> } {
  let longest = 0;
  let last = performance.now();
  let on = true;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (on) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    async stop() {
      await new Promise((resolve) => setImmediate(resolve));
      on = false;
      return longest;
    },
  };
}
