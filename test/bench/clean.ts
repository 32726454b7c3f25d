import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Verdict } from '../../src/core/answer.ts';
import type { Site } from '../../src/core/site.ts';
import { createRefine } from '../../src/filters/index.ts';
import type { ErrorsAdded } from '../../src/filters/syntax.ts';
import { type Case, casesOf, type Source } from './cleanCases.ts';
import { marking } from './cleanMarks.ts';
import { more } from './cleanMore.ts';
import { other } from './cleanOther.ts';
import { packageFolders } from './cleanPackages.ts';
import { chanceOf } from './cleanRandom.ts';
import { ways } from './cleanSpoil.ts';
import { nodeSyntax } from './contextEngine.ts';

const languages: Readonly<Record<string, string>> = {
  '.ts': 'typescript',
  '.py': 'python',
  '.go': 'go',
  '.java': 'java',
  '.c': 'c',
};

const top = join(import.meta.dirname, '../..');

/**
 * True continuations at real places of real files, spoiled in many ways and put right by the filters: the share restored exactly.
 *
 * npm run bench:clean [-- --final] [--sources FOLDER] [--cases N a language] [--seed N] [--ways MODULE] [--syntax] [--stream] [--show WAY]
 *
 * `--final` takes the packages that nobody looked at, `--sources` a folder of sources instead; `--stream` also feeds every answer in pieces
 * and counts those that are not shown by growth alone; `--show` prints answers that were not restored.
 */
const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '' },
    final: { type: 'boolean', default: false },
    cases: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '' },
    examples: { type: 'string', default: '5' },
    ways: { type: 'string', default: '' },
    syntax: { type: 'boolean', default: false },
    stream: { type: 'boolean', default: false },
  },
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['node_modules', '.git', 'dist'].includes(entry.name) ? [] : filesIn(path);
    return extname(entry.name) in languages && !/\.d\.ts$|\.min\./.test(entry.name) ? [path] : [];
  });
}

function load(roots: readonly string[], language: string, most: number, seed: number): Case[] {
  const chance = chanceOf(seed);
  const files = roots.flatMap(filesIn).filter((path) => languages[extname(path)] === language);
  files.sort();
  const cases: Case[] = [];
  for (let tries = 0; tries < most * 3 && cases.length < most && files.length > 0; tries++) {
    const path = chance.pick(files);
    const size = statSync(path).size;
    if (size < 800 || size > 200_000) continue;
    const source: Source = { language, path: relative(top, path), text: readFileSync(path, 'utf8') };
    if (source.text.includes('\r')) continue;
    cases.push(...casesOf(source, 3, chance));
  }
  return cases.slice(0, most);
}

const errorsAdded: ErrorsAdded = (site, text, replace) => syntax.errorsAdded(site.snapshot, text, replace);
const refine = createRefine({ maxLines: 8, ...(values.syntax && { errorsAdded }) });

const syntax = nodeSyntax();
const sites = new WeakMap<Case, Site>();
let number = 0;

/** The place as the product surveys it. */
function siteOf(c: Case): Site {
  const known = sites.get(c);
  if (known !== undefined) return known;
  const uri = `file:///${number++}/${c.path}`;
  const snapshot = {
    uri,
    path: c.path,
    languageId: c.language,
    version: 1,
    text: `${c.prefix}${c.suffix}`,
    caret: c.prefix.length,
    indentUnit: '    ',
  };
  const site = syntax.survey(snapshot);
  syntax.close(uri);
  sites.set(c, site);
  return site;
}

function clean(c: Case, raw: string): string {
  const site = siteOf(c);
  const verdict = refine({ text: raw, ended: true, tokens: [] }, site);
  if (values.stream) growth(c, raw, site, verdict);
  return verdict.kind === 'drop' ? `\u0000${verdict.reason}` : verdict.text;
}

let streamed = 0;
let shrunk = 0;

/** Counts the answers that are shown otherwise while they stream than in the end. */
function growth(c: Case, raw: string, site: Site, last: Verdict): void {
  streamed++;
  const end = last.kind === 'drop' ? '' : last.text;
  let shown = '';
  for (let length = 1; length <= raw.length; length += 1 + (length % 5)) {
    const verdict = refine({ text: raw.slice(0, length), ended: false, tokens: [] }, site);
    const text = verdict.kind === 'drop' ? '' : verdict.text;
    const over = verdict.kind !== 'keep';
    if (text.startsWith(shown) && end.startsWith(text) && (!over || text === end)) {
      shown = text;
      if (over) return;
      continue;
    }
    shrunk++;
    if (values.show === 'growth') {
      example(c, raw, end);
      console.log(`--- at ${length}: ${verdict.kind} ${JSON.stringify(text)} after ${JSON.stringify(shown)}`);
    }
    return;
  }
}

const roots = values.sources === '' ? packageFolders(top, values.final) : [values.sources];
const seed = Number(values.seed);
const table = new Map<string, Map<string, [number, number]>>();
let examples = Number(values.examples);

function note(way: string, language: string, right: boolean): void {
  const row = table.get(way) ?? new Map<string, [number, number]>();
  table.set(way, row);
  for (const key of [language, 'all']) {
    const cell = row.get(key) ?? [0, 0];
    row.set(key, [cell[0] + (right ? 1 : 0), cell[1] + 1]);
  }
}

/** The ways of this benchmark, or those of another module that exports `ways`. */
const chosen: typeof ways =
  values.ways === '' ? { ...ways, ...marking, ...other, ...more } : (await import(resolve(values.ways))).ways;

for (const language of Object.values(languages)) {
  await syntax.ready(language);
  const cases = load(roots, language, Number(values.cases), seed);
  const chance = chanceOf(seed + 7);
  for (const c of cases) {
    const kept = clean(c, c.truth);
    note('(unspoiled)', language, kept === c.truth);
    if (values.show === 'unspoiled' && kept !== c.truth) example(c, c.truth, kept);
    for (const [name, spoil] of Object.entries(chosen)) {
      const raw = spoil(c, chance, cases);
      if (raw === undefined || raw === c.truth) continue;
      const got = clean(c, raw);
      note(name, language, got === c.truth);
      if (values.show === name && got !== c.truth) example(c, raw, got);
    }
  }
}

function example(c: Case, raw: string, got: string): void {
  if (examples-- <= 0) return;
  console.log(`\n===== ${c.language} ${c.path} ${c.kind}`);
  console.log(`${c.prefix.split('\n').slice(-4).join('\n')}█${c.suffix.split('\n').slice(0, 4).join('\n')}`);
  console.log(
    `--- truth ${JSON.stringify(c.truth)}\n--- raw   ${JSON.stringify(raw)}\n--- got   ${JSON.stringify(got)}`,
  );
}

const columns = [...new Set(Object.values(languages)), 'all'];
console.log(`${''.padEnd(26)}${columns.map((column) => column.padStart(12)).join('')}`);
let right = 0;
let total = 0;
for (const [way, row] of table) {
  const cells = columns.map((column) => {
    const [good, all] = row.get(column) ?? [0, 0];
    return all === 0 ? '-' : `${((100 * good) / all).toFixed(1)}`;
  });
  console.log(
    `${way.padEnd(26)}${cells.map((cell) => cell.padStart(12)).join('')}${String(row.get('all')?.[1]).padStart(8)}`,
  );
  if (way === '(unspoiled)') continue;
  right += row.get('all')?.[0] ?? 0;
  total += row.get('all')?.[1] ?? 0;
}
console.log(`spoiled, restored exactly: ${((100 * right) / total).toFixed(2)} % of ${total}`);
if (values.stream)
  console.log(`streamed in pieces: ${streamed}, of them not shown by growth alone: ${shrunk}`);
