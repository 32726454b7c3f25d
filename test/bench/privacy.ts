/**
 * How many secrets redaction catches, what ordinary text it changes, and what it costs on the way of a key.
 * `npm run bench:privacy -- [seed]`. The baseline is the maintained rule set alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Snippet } from '../../src/core/prompt.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Site } from '../../src/core/site.ts';
import type { Finding } from '../../src/privacy/finding.ts';
import { createPrivacy, type Privacy } from '../../src/privacy/index.ts';
import { loadMaintainedRules } from '../../src/privacy/maintained.ts';
import { at, siteOf } from '../support/caret.ts';
import { drawn, namedKinds, passwordKinds, tokenKinds } from './privacyKinds.ts';
import { barePlaces, namedPlaces, ordinary, passwordPlaces } from './privacyPlaces.ts';
import { percentile, seeded } from './random.ts';

const seed = Number(process.argv[2] ?? 1);
const random = seeded(seed);
const vendors = ['acme', 'shipwise', 'twilio', 'datadog', 'mailer', 'billing', 'maps', 'search'];
const root = path.resolve(import.meta.dirname, '../..');
const files = sourceFiles(path.join(root, 'node_modules'), 400);

const findByMaintainedRules = await loadMaintainedRules();
const privacy = newPrivacy();
await privacy.policy.prepare('a.ts', new AbortController().signal);

measureSecrets();
measureOrdinary();
measureSource();
await measureTime();

function newPrivacy(): Privacy {
  return createPrivacy({
    read: async () => undefined,
    realPath: async (file) => file,
    openedByUser: () => true,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    clock: { date: () => Date.now() },
  });
}

function pick<T>(list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('Nothing to pick from.');
  return found;
}

/** A text of source code around a line, as a prompt would hold it. */
function embedded(line: string): string {
  const lines = pick(files).split('\n');
  const from = Math.floor(random() * Math.max(1, lines.length - 24));
  return [...lines.slice(from, from + 12), line, ...lines.slice(from + 12, from + 24)].join('\n');
}

function isHiddenBy(findings: readonly Finding[], text: string, secret: string): boolean {
  const start = text.indexOf(secret);
  return findings.some((finding) => finding.start < start + secret.length && finding.end > start);
}

function measureSecrets(): void {
  const groups = [
    { name: 'tokens with a form, named places', kinds: tokenKinds, places: namedPlaces },
    { name: 'tokens with a form, bare places', kinds: tokenKinds, places: barePlaces },
    { name: 'values without a form, named places', kinds: namedKinds, places: namedPlaces },
    { name: 'passwords', kinds: passwordKinds, places: passwordPlaces },
  ];
  let all = 0;
  let caught = 0;
  let caughtByBaseline = 0;
  const missed: string[] = [];
  for (const { name, kinds, places } of groups) {
    let cases = 0;
    let hits = 0;
    for (const [kind, form] of Object.entries(kinds)) {
      for (const [place, write] of Object.entries(places)) {
        for (let time = 0; time < 3; time += 1) {
          const secret = drawn(form, random);
          const line = write(pick(vendors), secret);
          const shown = [secret, encodeURIComponent(secret)].find((form) => line.includes(form));
          if (shown === undefined) continue;
          const text = embedded(line);
          cases += 1;
          if (!privacy.redact(text).text.includes(shown)) hits += 1;
          else if (missed.length < 30) missed.push(`${kind} in ${place}: ${line}`);
          if (isHiddenBy(findByMaintainedRules(text), text, shown)) caughtByBaseline += 1;
        }
      }
    }
    print(`${name}: ${Object.keys(kinds).length} kinds × ${Object.keys(places).length} places`, hits, cases);
    all += cases;
    caught += hits;
  }
  print('all secrets', caught, all);
  print('baseline: the maintained rules alone', caughtByBaseline, all);
  for (const line of missed) console.log(`  missed: ${line}`);
}

function measureOrdinary(): void {
  let cases = 0;
  let changed = 0;
  const wrong: string[] = [];
  for (const [name, form] of Object.entries(ordinary)) {
    for (let time = 0; time < 50; time += 1) {
      const line = drawn(form, random);
      cases += 1;
      if (privacy.redact(embedded(line)).text.includes(line)) continue;
      changed += 1;
      if (!wrong.some((known) => known.startsWith(name))) wrong.push(`${name}: ${line}`);
    }
  }
  print('hashes, UUIDs and the like that are changed', changed, cases);
  for (const line of wrong) console.log(`  changed: ${line}`);
}

function measureSource(): void {
  let words = 0;
  let changed = 0;
  for (const text of files) {
    words += text.match(/[A-Za-z_$][\w$]*/g)?.length ?? 0;
    for (const { start, end } of privacy.redact(text).findings) {
      changed += text.slice(start, end).match(/[A-Za-z_$][\w$]*/g)?.length ?? 1;
    }
  }
  print('identifiers and words in source files that are changed', changed, words);
}

/**
 * A person types in files: at each key the place and its snippets are cleared and a prompt of 8,000 characters is sealed. Three guards
 * do the same and the fastest counts, so that other programs on the machine do not.
 */
async function measureTime(): Promise<void> {
  const guards = [newPrivacy(), newPrivacy(), newPrivacy()];
  for (const guard of guards) await guard.policy.prepare('a.ts', new AbortController().signal);
  const times: number[] = [];
  const cold: number[] = [];
  for (const text of files.slice(0, 200)) {
    const others = [pick(files), pick(files), pick(files)].map((other, index) => ({
      source: 'bench',
      path: `src/other${index}.ts`,
      text: other.slice(0, 1_000),
      weight: 1,
    }));
    let prefix = text.slice(0, Math.floor(text.length * random()));
    for (let key = 0; key < 10; key += 1) {
      prefix += pick([...'abcdefghij()=. \n"\'0123456789']);
      const site = siteOf(at(`${prefix}█${text.slice(prefix.length)}`));
      const taken = guards.map((guard) => timeOf(() => clearAndSeal(guard, site, others)));
      (key === 0 ? cold : times).push(Math.min(...taken));
    }
  }
  console.log(
    `cost of a full prompt, in the middle of typing: ${figures(times)}; of the first one in a document: ${figures(cold)}`,
  );
}

function clearAndSeal(guard: Privacy, site: Site, snippets: readonly Snippet[]): void {
  const cleared = guard.clear(site, snippets, defaultSettings);
  const { text, caret } = cleared.site.snapshot;
  const others = cleared.snippets.map((snippet) => snippet.text).join('\n');
  const from = text.lastIndexOf('\n', caret - 4_000) + 1;
  const content = `${others}\n${text.slice(from, caret)}<caret-1a2b/>${text.slice(caret, caret + 1_000)}`;
  cleared.seal({ kind: 'chat', messages: [{ role: 'user', content }], stop: [], maxTokens: 100 });
}

function timeOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function figures(times: readonly number[]): string {
  const quantiles = [0.5, 0.95, 0.99].map(
    (share) => `p${share * 100} ${percentile(times, share).toFixed(2)}`,
  );
  return `${quantiles.join(', ')} ms (${times.length})`;
}

function print(what: string, count: number, of: number): void {
  console.log(`${what}: ${count} of ${of} = ${((100 * count) / of).toFixed(2)} %`);
}

/** Source files of the installed packages, spread over all of them. */
function sourceFiles(folder: string, count: number): string[] {
  const all: string[] = [];
  const walk = (at: string, depth: number): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const file = path.join(at, entry.name);
      if (entry.isDirectory() && depth < 6) walk(file, depth + 1);
      else if (entry.isFile() && /(?<!\.min)\.(?:ts|js|mjs|py|md|yml|css|json)$/.test(entry.name))
        all.push(file);
    }
  };
  walk(folder, 0);
  const texts: string[] = [];
  for (
    let index = 0;
    index < all.length && texts.length < count;
    index += Math.ceil(all.length / (count * 2))
  ) {
    const text = readFileSync(all[index] ?? '', 'utf8');
    if (text.length > 2_000 && !/^.{2000}/m.test(text)) texts.push(text.slice(0, 60_000));
  }
  return texts;
}
