import { basename } from 'node:path';
import type { Snippet } from '../../src/core/prompt.ts';
import type { Snapshot, SourceText } from '../../src/core/snapshot.ts';
import { headsOfOpenFiles, jaccardWindows } from './contextBaselines.ts';
import { type Case, makeCases, type Repository, readRepository } from './contextCases.ts';
import { diskWorkspace, nodeGather, nodeSyntax } from './contextEngine.ts';

const budgets = [1500, 3000, 6000, 12_000];

/** `language=folder` arguments; `cases=N` sets the number of cases a repository. */
const options = process.argv.slice(2).map((argument) => argument.split('='));
const count = Number(options.find(([key]) => key === 'cases')?.[1] ?? 40);
const showMissed = options.some(([key]) => key === 'missed');
const repositories = options
  .filter(([key]) => key !== 'cases' && key !== 'missed')
  .map(([languageId = '', folder = '']) => readRepository(basename(folder), folder, languageId));

/** Sums per method and budget: [recall of what tabs declare, cases], [recall of all, cases]. */
type Sums = Map<string, [number, number, number, number]>;

function note(sums: Sums, key: string, one: Case, sent: string): void {
  const sum = sums.get(key) ?? [0, 0, 0, 0];
  const words = new Set(sent.match(/[A-Za-z_$][\w$]*/g) ?? []);
  const share = (names: readonly string[]) => names.filter((name) => words.has(name)).length / names.length;
  if (one.inTabs.length > 0) {
    sum[0] += share(one.inTabs);
    sum[1]++;
  }
  sum[2] += share(one.anywhere);
  sum[3]++;
  sums.set(key, sum);
}

const render = (snippets: readonly Snippet[]) =>
  snippets.map((snippet) => `${snippet.path}\n${snippet.text}`).join('\n');

async function measure(repository: Repository, sums: Sums, times: number[]): Promise<void> {
  const syntax = nodeSyntax();
  const signal = new AbortController().signal;
  for (const one of makeCases(repository, count)) {
    const text = one.source.text.slice(0, one.start) + one.source.text.slice(one.end);
    const snapshot: Snapshot = { ...one.source, version: 2, text, caret: one.start, indentUnit: '  ' };
    const tabs = one.tabs.map((path) => repository.files.get(path)).filter((tab) => tab !== undefined);
    const open: SourceText[] = [snapshot, ...tabs];
    const gather = nodeGather(
      syntax,
      diskWorkspace(repository.root, () => open),
    );
    const site = syntax.survey(snapshot);
    await gather(site, 6000, signal);
    for (const budget of budgets) {
      const started = performance.now();
      const snippets = await gather(site, budget, signal);
      times.push(performance.now() - started);
      const sent = render(snippets);
      if (sent.length > budget) console.log(`OVER BUDGET ${sent.length} > ${budget}`);
      note(sums, `foretype ${budget}`, one, sent);
      if (budget === 6000 && showMissed) {
        for (const name of one.anywhere) {
          if (!new RegExp(`\\b${name}\\b`).test(sent)) {
            console.log(
              `  missed ${name}${one.inTabs.includes(name) ? ' (tab)' : ''} in ${one.source.path}: ${one.source.text.slice(one.start, one.end).trim()}`,
            );
          }
        }
      }
      const question = { before: text.slice(0, one.start), tabs, maxChars: budget };
      note(sums, `heads ${budget}`, one, headsOfOpenFiles(question));
      note(sums, `jaccard60 ${budget}`, one, jaccardWindows(question, 60, 4));
      note(sums, `jaccard12 ${budget}`, one, jaccardWindows(question, 12, 4 * 5));
    }
    syntax.close(snapshot.uri);
  }
  syntax.dispose();
}

const perLanguage = new Map<string, Sums>();
const times: number[] = [];
for (const repository of repositories) {
  const sums = perLanguage.get(repository.languageId) ?? new Map();
  perLanguage.set(repository.languageId, sums);
  await measure(repository, sums, times);
}

const methods = ['foretype', 'heads', 'jaccard60', 'jaccard12'];
for (const [title, at] of [
  ['declared in open tabs', 0],
  ['all cross-file', 2],
] as const) {
  console.log(`\nRecall of the line's identifiers, ${title}`);
  console.log(
    ['method'.padEnd(16), ...[...perLanguage.keys()].map((id) => id.padStart(11)), 'mean'.padStart(7)].join(
      '',
    ),
  );
  for (const method of methods) {
    for (const budget of budgets) {
      const values = [...perLanguage.values()].map((sums) => {
        const sum = sums.get(`${method} ${budget}`);
        return sum === undefined || sum[at + 1] === 0 ? Number.NaN : (sum[at] ?? 0) / (sum[at + 1] ?? 1);
      });
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      console.log(
        [
          `${method} ${budget}`.padEnd(16),
          ...values.map((v) => v.toFixed(3).padStart(11)),
          mean.toFixed(3).padStart(7),
        ].join(''),
      );
    }
  }
}
const cases = [...perLanguage].map(
  ([id, sums]) => `${id} ${sums.get('foretype 6000')?.[1]}/${sums.get('foretype 6000')?.[3]}`,
);
console.log(`\ncases (with tabs/all): ${cases.join(', ')}`);
times.sort((a, b) => a - b);
const quantile = (q: number) => (times[Math.floor(q * (times.length - 1))] ?? 0).toFixed(1);
console.log(`gather, ms: p50 ${quantile(0.5)}, p95 ${quantile(0.95)}, p99 ${quantile(0.99)}`);
