import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import type { Snippet } from '../../src/core/prompt.ts';
import type { Snapshot, SourceText } from '../../src/core/snapshot.ts';
import type { Syntax } from '../../src/syntax/index.ts';
import { headsOfOpenFiles, jaccardWindows } from './contextBaselines.ts';
import { type Case, makeCases, type Repository, readRepository } from './contextCases.ts';
import { diskWorkspace, nodeGather, nodeSyntax } from './contextEngine.ts';
import { packageRepositories } from './contextPackages.ts';
import { measureSpeed } from './contextSpeed.ts';

/*
 * npm run bench:context [-- final] [-- cases=N] [-- missed] [-- python=/folder/of/a/repository …]
 * How many of the names that a line needs from other files are in the context, against simple ways to fill it; and what it costs.
 * `final` measures the packages that are kept for the last figure. Folders given by hand replace the packages.
 */
const budgets = [1500, 3000, 6000, 12_000];
const signal = new AbortController().signal;
const root = join(import.meta.dirname, '../..');
const options = process.argv.slice(2).map((argument) => argument.split('='));
const value = (name: string) => options.find(([key]) => key === name)?.[1];
const given = (name: string) => options.some(([key]) => key === name);
const count = Number(value('cases') ?? 40);
const own = options.filter(([key = '', folder]) => key !== 'cases' && folder !== undefined);
const repositories =
  own.length > 0
    ? own.map(([languageId = '', folder = '']) => readRepository(basename(folder), folder, languageId))
    : packageRepositories(root, given('final'));

/** Sums of shares and how many they are: of the names that open tabs declare, and of all. */
interface Recall {
  inTabs: number;
  tabCases: number;
  anywhere: number;
  cases: number;
}

type Table = Map<string, Map<string, Recall>>;

function note(table: Table, languageId: string, method: string, one: Case, sent: string): void {
  const language = table.get(languageId) ?? new Map<string, Recall>();
  table.set(languageId, language);
  const recall = language.get(method) ?? { inTabs: 0, tabCases: 0, anywhere: 0, cases: 0 };
  language.set(method, recall);
  const words = new Set(sent.match(/[A-Za-z_$][\w$]*/g) ?? []);
  const share = (names: readonly string[]) => names.filter((name) => words.has(name)).length / names.length;
  if (one.inTabs.length > 0) {
    recall.inTabs += share(one.inTabs);
    recall.tabCases++;
  }
  recall.anywhere += share(one.anywhere);
  recall.cases++;
  if (method === 'foretype 6000' && given('missed')) {
    const missed = one.anywhere.filter((name) => !words.has(name));
    const line = one.source.text.slice(one.start, one.end).trim();
    if (missed.length > 0) console.log(`missed ${missed.join(', ')} in ${one.source.path}: ${line}`);
  }
}

async function measure(repository: Repository, syntax: Syntax, table: Table, times: number[]): Promise<void> {
  const { languageId, files } = repository;
  for (const [i, one] of makeCases(repository, count).entries()) {
    const text = one.source.text.slice(0, one.start) + one.source.text.slice(one.end);
    const snapshot: Snapshot = { ...one.source, version: i + 2, text, caret: one.start, indentUnit: '  ' };
    const tabs = one.tabs.map((path) => files.get(path)).filter((tab) => tab !== undefined);
    const open: SourceText[] = [snapshot, ...tabs];
    const gather = nodeGather(
      syntax,
      diskWorkspace(repository.root, () => open),
    );
    const site = syntax.survey(snapshot);
    await gather(site, 1000, signal);
    for (const maxChars of budgets) {
      const started = performance.now();
      const sent = render(await gather(site, maxChars, signal));
      times.push(performance.now() - started);
      if (sent.length > maxChars) throw new Error(`${sent.length} characters where ${maxChars} are allowed`);
      const question = { before: text.slice(0, one.start), tabs, maxChars };
      note(table, languageId, `foretype ${maxChars}`, one, sent);
      note(table, languageId, `heads ${maxChars}`, one, headsOfOpenFiles(question));
      note(table, languageId, `jaccard60 ${maxChars}`, one, jaccardWindows(question, 60, 4));
      note(table, languageId, `jaccard12 ${maxChars}`, one, jaccardWindows(question, 12, 20));
    }
    syntax.close(snapshot.uri);
  }
}

const render = (snippets: readonly Snippet[]) =>
  snippets.map(({ path, text }) => `${path}\n${text}\n`).join('');

function print(table: Table, title: string, of: (recall: Recall) => number): void {
  console.log(`\nRecall of the line's names, ${title}`);
  const languages = [...table.keys()];
  console.log(
    ['', ...languages, 'mean'].map((head, i) => (i === 0 ? ''.padEnd(17) : head.padStart(11))).join(''),
  );
  for (const method of ['foretype', 'heads', 'jaccard60', 'jaccard12']) {
    for (const maxChars of budgets) {
      const name = `${method} ${maxChars}`;
      const values = languages.map((id) => {
        const recall = table.get(id)?.get(name);
        return recall === undefined ? Number.NaN : of(recall);
      });
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      console.log(name.padEnd(17) + [...values, mean].map((one) => one.toFixed(3).padStart(11)).join(''));
    }
  }
}

const quantiles = (times: readonly number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  return [0.5, 0.95, 0.99]
    .map((q) => `p${q * 100} ${(sorted[Math.floor(q * (sorted.length - 1))] ?? 0).toFixed(1)}`)
    .join(', ');
};

const table: Table = new Map();
const times: number[] = [];
for (const repository of repositories) {
  const syntax = nodeSyntax();
  await measure(repository, syntax, table, times);
  syntax.dispose();
}
print(table, 'declared in open tabs', ({ inTabs, tabCases }) => inTabs / tabCases);
print(table, 'all cross-file', ({ anywhere, cases }) => anywhere / cases);
const counts = [...table].map(([id, methods]) => {
  const recall = methods.get('foretype 6000');
  return `${id} ${recall?.tabCases}/${recall?.cases}`;
});
console.log(`\nCases with names of tabs / all: ${counts.join(', ')}`);
console.log(`Gathering at a new place, outlines known, ms: ${quantiles(times)}`);
const [first] = repositories.filter(({ languageId }) => /script$/.test(languageId));
if (first !== undefined) {
  const speed = await measureSpeed(first.root, first.languageId);
  console.log(`Gathering after a key, ten open files of 2,000 lines, ms: ${quantiles(speed.gather)}`);
  console.log(`Survey after a key in 10,000 lines, ms: ${quantiles(speed.survey)}`);
  console.log(`First look at 10,000 lines: longest hold of the thread ${speed.firstParse.toFixed(0)} ms`);
  console.log(`Bytes of the context unchanged from key to key: ${(100 * speed.unchanged).toFixed(1)} %`);
  console.log(`Growth by open documents: ${growth(first)}`);
}
for (const repository of repositories)
  console.log(`Growth by long ${repository.languageId}: ${growth(repository, 400)}`);

/** By how much a process of its own grows. */
function growth({ root, languageId }: Repository, lines = 0): string {
  const script = join(import.meta.dirname, 'contextMemory.ts');
  const memory = execFileSync(process.execPath, ['--expose-gc', script, root, languageId, String(lines)]);
  return memory.toString().trim();
}
