// How good the built-in predictor is: npm run bench:builtin [-- <folder:extensions>...]
// Without arguments on sources out of npm packages, fetched once; with arguments on those folders. Prints, for each repository, the
// figures of a typist who takes suggestions that are right, beside completion by words of the open files; then calibration,
// query times with everything indexed, index speed and memory, and how long indexing holds the event loop. Times are milliseconds;
// `cpu` is processor time, which a busy machine does not distort.
import { dirname } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createPredictor, type LearnedText } from '../../src/builtin/index.ts';
import { fetchPackages } from './builtinPackages.ts';
import { holdOut, typeThrough } from './builtinTypist.ts';
import { createWordCompletion } from './wordCompletion.ts';

const heldPerRepository = 6;
/** Files that count as open for the completion of words: those of the held-out file's folder. */
const openFiles = 8;
const wholeTokens = 2_000_000;
const tenths = Array.from({ length: 10 }, () => ({ shown: 0, right: 0, confidence: 0 }));

const given = process.argv.slice(2);
const specs = given.length > 0 ? given : fetchPackages(new URL('../..', import.meta.url).pathname);
const repositories = specs.map((spec) => ({
  name: (spec.split(':')[0] ?? '').split('/').at(-1) ?? '',
  ...holdOut(spec, heldPerRepository),
}));

await whole();
console.log(
  '\nrepository                     saved   right  quiet  shown  p50 cpu p99 cpu | words: saved  right',
);
const rows = repositories.map(measure);
const mean = (pick: (row: (typeof rows)[number]) => number) =>
  rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
console.log(
  `mean over repositories         ${percent(mean((row) => row.saved))}  ${percent(mean((row) => row.right))}${' '.repeat(39)}| ${percent(mean((row) => row.wordsSaved))} ${percent(mean((row) => row.wordsRight))}`,
);
console.log(
  `least                          ${percent(Math.min(...rows.map(({ saved }) => saved)))}  ${percent(Math.min(...rows.map(({ right }) => right)))}`,
);
console.log('\nconfidence    shown  said  right');
for (const [index, { shown, right, confidence }] of tenths.entries()) {
  if (shown > 0)
    console.log(
      `${(index / 10).toFixed(1)} to ${((index + 1) / 10).toFixed(1)}  ${String(shown).padStart(7)}  ${(confidence / shown).toFixed(2)}   ${(right / shown).toFixed(2)}`,
    );
}

function measure({ name, known, held }: (typeof repositories)[number]) {
  const predictor = createPredictor();
  for (const file of known) predictor.learn(file);
  const mine = { characters: 0, keys: 0, shown: 0, right: 0, asked: 0 };
  const words = { characters: 0, keys: 0, shown: 0, right: 0 };
  const times: number[] = [];
  for (const file of held) {
    const typed = typeThrough(
      file,
      (query) => {
        const used = process.cpuUsage();
        const shown = predictor.predict(query);
        times.push(spent(used));
        return shown;
      },
      (shown, right) => {
        mine.asked++;
        if (!shown) return;
        mine.shown++;
        if (right) mine.right++;
        const tenth = tenths[Math.min(9, Math.floor(shown.confidence * 10))];
        if (!tenth) return;
        tenth.shown++;
        tenth.confidence += shown.confidence;
        if (right) tenth.right++;
      },
    );
    mine.characters += typed.characters;
    mine.keys += typed.keys;
    const complete = createWordCompletion(neighbours(file, known));
    const byWords = typeThrough(file, complete, (shown, right) => {
      if (shown) words.shown++;
      if (right) words.right++;
    });
    words.characters += byWords.characters;
    words.keys += byWords.keys;
  }
  const row = {
    saved: 1 - mine.keys / mine.characters,
    right: mine.right / mine.shown,
    wordsSaved: 1 - words.keys / words.characters,
    wordsRight: words.right / words.shown,
  };
  console.log(
    `${name.padEnd(30)} ${percent(row.saved)}  ${percent(row.right)} ${percent(1 - mine.shown / mine.asked)} ${String(mine.shown).padStart(6)} ${quantile(times, 0.5)} ${quantile(times, 0.99)} | ${percent(row.wordsSaved)} ${percent(row.wordsRight)}`,
  );
  return row;
}

function neighbours(file: LearnedText, known: readonly LearnedText[]): LearnedText[] {
  return known.filter(({ path }) => dirname(path) === dirname(file.path)).slice(0, openFiles);
}

/** Indexes everything, in slices as the worker does, until two million tokens are known; then types a held-out file. */
async function whole(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage();
  const predictor = createPredictor();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await setImmediate();
  delay.enable();
  let working = 0;
  let longest = 0;
  for (let round = 0; predictor.figures().tokens < wholeTokens && round < 20; round++) {
    for (const { known } of repositories) {
      for (const file of known) {
        if (predictor.figures().tokens >= wholeTokens) break;
        const work = predictor.learnInSlices(round === 0 ? file : again(file, round));
        for (;;) {
          const used = process.cpuUsage();
          const started = performance.now();
          const { done } = work.next();
          working += performance.now() - started;
          longest = Math.max(longest, spent(used));
          if (done) break;
          await setImmediate();
        }
        await setImmediate();
      }
    }
  }
  delay.disable();
  collect();
  const after = process.memoryUsage();
  const { tokens, files, bytes } = predictor.figures();
  const used = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  console.log(
    `whole index: ${files} files, ${tokens} tokens, ${Math.round((tokens / working) * 1000)} tokens/s, event loop held at most ${(delay.max / 1e6).toFixed(1)} ms (longest slice ${longest.toFixed(1)} ms of processor time)`,
  );
  console.log(
    `memory: ${(used / 1e6).toFixed(0)} MB in all, of them ${(bytes / 1e6).toFixed(0)} MB of arrays`,
  );
  const times: number[] = [];
  const cpu: number[] = [];
  for (const { held } of repositories) {
    for (const file of held.slice(0, 1)) {
      typeThrough(file, (query) => {
        const used = process.cpuUsage();
        const started = performance.now();
        const shown = predictor.predict(query);
        times.push(performance.now() - started);
        cpu.push(spent(used));
        return shown;
      });
    }
  }
  console.log(
    `queries with all of it indexed: p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms (processor time: ${quantile(cpu, 0.5)}, ${quantile(cpu, 0.99)})`,
  );
}

/** The same code under names of its own, so that the vocabulary grows as it would with other people's code. */
function again(file: LearnedText, round: number): LearnedText {
  return {
    ...file,
    path: `${round}/${file.path}`,
    text: file.text.replace(/\b([a-z]{3,})([A-Z])/g, `$1${'BCDFGHJKLM'[round % 10] ?? ''}$2`),
  };
}

/** Processor time since then, ms: what a busy machine does not distort. */
function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function quantile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(3);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`.padStart(6);
}
