import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { chatAsk, infillAsk } from '../../src/backends/asks.ts';
import { services } from '../../src/backends/services.ts';
import { createPredictor, type Predictor } from '../../src/builtin/index.ts';
import { Librarian } from '../../src/builtin/librarian.ts';
import { languageOf } from '../../src/core/languages.ts';
import type { Workspace } from '../../src/core/ports.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Site } from '../../src/core/site.ts';
import type { Snapshot, SourceText } from '../../src/core/snapshot.ts';
import { createDiskShelf } from '../../src/diskShelf.ts';
import { createRealPath } from '../../src/editor/realPaths.ts';
import { createEngine, type Engine } from '../../src/engine.ts';
import { createIndexRules } from '../../src/indexRules.ts';
import { silentMeter } from '../support/silentMeter.ts';
import { diskWorkspace, realClock, stderrLog } from './contextEngine.ts';
import { grammarFiles } from './grammarFiles.ts';

type Members = Readonly<Record<string, unknown>>;

/** Folders of other people's files, whatever the repository. */
const notCode = /(?:^|\/)(?:node_modules|\.git)\//;

let root = '';
let tabs: readonly SourceText[] = [];
let predictor: Predictor = createPredictor();
let engine: Engine = engineFor('');

/** Answers one line of the probe's protocol; whatever goes wrong becomes `{"error":"…"}`. */
export async function answer(line: string): Promise<unknown> {
  try {
    const asked: unknown = JSON.parse(line);
    if (typeof asked !== 'object' || asked === null) throw new Error('a line must hold a JSON object');
    const members = asked as Members;
    const operation = operations[String(members['op'])];
    if (!operation) throw new Error(`unknown op ${JSON.stringify(members['op'])}`);
    return await operation(members);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const operations: Readonly<Record<string, (asked: Members) => unknown>> = {
  open: async (asked) => {
    const opened = textOf(asked, 'root');
    if (!isAbsolute(opened)) throw new Error('root must be absolute');
    const paths = listOf(asked, 'files');
    tabs = await Promise.all(paths.map((path) => sourceAt(opened, path)));
    if (opened !== root) {
      engine.dispose();
      engine = engineFor(opened);
      root = opened;
    }
    for (const tab of tabs) {
      await engine.privacy.policy.prepare(tab.path, never);
      await warm(tab);
    }
    return { ok: true };
  },
  context: async (asked) => {
    const site = await siteOf(asked);
    await prepared(site);
    const started = performance.now();
    const found = await gathered(site, numberOf(asked, 'maxChars'));
    const { snippets } = engine.privacy.clear(site, found, defaultSettings);
    const ms = performance.now() - started;
    const context = snippets.map(({ path, text }) => `${path}\n${text.trimEnd()}\n`).join('');
    return {
      context: context.slice(0, numberOf(asked, 'maxChars')),
      snippets: snippets.map(({ path, source, text }) => ({ path, source, text })),
      ms,
    };
  },
  prompt: async (asked) => {
    const site = await siteOf(asked);
    await prepared(site);
    await engine.tokens().ready;
    const dialect = asked['dialect'] === 'fill' ? 'fill' : 'chat';
    const started = performance.now();
    const refusal = await engine.privacy.policy.ask(site.snapshot.path, [], never);
    if (refusal) return { prompt: null, tokens: 0, ms: 0, reason: refusal.reason };
    const snippets = await gathered(site, numberOf(asked, 'maxChars'));
    const cleared = engine.privacy.clear(site, snippets, defaultSettings);
    const { prompt } = cleared.seal(
      engine.compose(cleared.site, cleared.snippets, { kind: dialect }, defaultSettings),
    );
    const ms = performance.now() - started;
    return { prompt: bodyOf(prompt), tokens: engine.tokens().count(spoken(prompt)), ms };
  },
  clean: async (asked) => {
    const prefix = textOf(asked, 'prefix');
    const languageId = textOf(asked, 'language');
    await engine.syntax.ready(languageId);
    const snapshot = snapshotOf(
      { uri: `probe:${textOf(asked, 'path')}`, path: textOf(asked, 'path'), languageId },
      prefix + textOf(asked, 'suffix'),
      prefix.length,
    );
    const site = engine.syntax.survey(snapshot);
    const text = textOf(asked, 'raw');
    const verdict = engine.refine(defaultSettings['suggest.maxLines'])(
      { text, ended: true, tokens: [] },
      site,
    );
    engine.syntax.close(snapshot.uri);
    return verdict.kind === 'drop'
      ? { text: '', reason: verdict.reason }
      : { text: verdict.text, reason: null };
  },
  index: async (asked) => {
    const indexed = textOf(asked, 'root');
    const excluded = new Set(listOf(asked, 'exclude'));
    predictor = createPredictor();
    const shelf = createDiskShelf(
      (path) => join(indexed, path),
      () => undefined,
      stderrLog,
    );
    const rules = createIndexRules(shelf);
    const librarian = new Librarian(predictor, {
      shelf,
      // What the extension skips by name alone may be what is asked about: some packages are nothing but `vendor` or `dist`.
      rules: { ...rules, skips: (path) => excluded.has(path) || notCode.test(path) || rules.skips(path) },
      clock: realClock,
      languageOf,
      breathe: () => setImmediate(),
      log: stderrLog,
    });
    const started = performance.now();
    const files = await librarian.index([''], () => undefined, never);
    return { ok: true, files, ms: performance.now() - started };
  },
  builtin: (asked) => {
    const query = {
      path: textOf(asked, 'path'),
      languageId: textOf(asked, 'language'),
      prefix: textOf(asked, 'prefix'),
      suffix: textOf(asked, 'suffix'),
    };
    const started = performance.now();
    const found = predictor.predict(query);
    const ms = performance.now() - started;
    return { text: found?.text ?? '', confidence: found?.confidence ?? 0, ms };
  },
};

/** Nobody gives up waiting. */
const never = new AbortController().signal;

/** The files as the editor's workspace hands them out: those that may leave. */
function guardedWorkspace(folder: string): Workspace {
  const files = diskWorkspace(folder, () => tabs);
  return {
    ...files,
    open: () => files.open().filter(({ path }) => engine.privacy.policy.judge(path, []) === undefined),
    read: async (path, signal) =>
      (await engine.privacy.policy.ask(path, [], signal)) === undefined
        ? files.read(path, signal)
        : undefined,
  };
}

function engineFor(folder: string): Engine {
  return createEngine({
    clock: realClock,
    log: stderrLog,
    workspace: guardedWorkspace(folder),
    languages: grammarFiles,
    policy: {
      read: (path) => readFile(join(folder, path), 'utf8').catch(() => undefined),
      realPath: createRealPath(() => [{ prefix: '', folder }]),
      openedByUser: (path) => tabs.some((tab) => tab.path === path),
    },
    random: () => randomBytes(4).toString('hex'),
    predict: (query) => predictor.predict(query),
    network: {
      key: async () => undefined,
      fetch: () => Promise.reject(new Error('The probe asks nobody.')),
      memory: { get: () => undefined, set: () => undefined },
      machine: '',
      cacheKey: '',
      retries: 0,
    },
    meter: silentMeter,
    extraSources: [],
    answering: () => undefined,
    failed: () => undefined,
  });
}

/** What the editor does when a file is opened: its syntax is read. */
async function warm(tab: SourceText): Promise<void> {
  await engine.syntax.ready(tab.languageId);
  await engine.syntax.outline(tab, new AbortController().signal);
}

/** What the editor does when a file is shown: what it refers to is looked at before its first key. */
async function prepared(site: Site): Promise<void> {
  await engine.context.prepare(site.snapshot, new AbortController().signal);
}

function gathered(site: Site, maxChars: number) {
  return engine.context.gather(site, maxChars, new AbortController().signal);
}

async function siteOf(asked: Members): Promise<Site> {
  const source = await sourceAt(root, textOf(asked, 'path'));
  const start = numberOf(asked, 'start');
  const end = numberOf(asked, 'end');
  if (!(start >= 0 && start <= end && end <= source.text.length))
    throw new Error('start and end must lie in the file');
  await engine.syntax.ready(source.languageId);
  const text = source.text.slice(0, start) + source.text.slice(end);
  return engine.syntax.survey(snapshotOf(source, text, start));
}

let version = 1;

function snapshotOf(
  source: Pick<SourceText, 'uri' | 'path' | 'languageId'>,
  text: string,
  caret: number,
): Snapshot {
  version += 1;
  const { uri, path, languageId } = source;
  return {
    uri,
    path,
    languageId,
    version,
    text,
    caret,
    indentUnit: /^\t/m.test(text) ? '\t' : indentOf(text),
  };
}

/** The smallest indentation with which a line starts, two spaces at least. */
function indentOf(text: string): string {
  const widths = [...text.matchAll(/^( +)\S/gm)].map(([, spaces]) => spaces?.length ?? 0);
  const least = widths.filter((width) => width >= 2).reduce((a, b) => Math.min(a, b), 8);
  return ' '.repeat(widths.length === 0 ? 4 : least);
}

async function sourceAt(folder: string, path: string): Promise<SourceText> {
  const text = await readFile(join(folder, path), 'utf8');
  return {
    uri: `file://${join(folder, path)}`,
    path,
    languageId: languageOf(path) ?? 'plaintext',
    version: 0,
    text,
  };
}

/** The body of the request: OpenAI's for a chat, that of llama.cpp's `/infill` for a prompt to be filled in. */
function bodyOf(prompt: ReturnType<Engine['compose']>): unknown {
  if (prompt.kind === 'text') return prompt;
  const { required, optional } =
    prompt.kind === 'chat'
      ? chatAsk(services.openai, services.openai.model, prompt, '')
      : infillAsk('', prompt);
  return { ...required, ...optional };
}

function spoken(prompt: ReturnType<Engine['compose']>): string {
  switch (prompt.kind) {
    case 'chat':
      return prompt.messages.map(({ content }) => content).join('\n');
    case 'fill':
      return [...prompt.snippets.map(({ text }) => text), prompt.prefix, prompt.suffix].join('\n');
    case 'text':
      return prompt.text;
  }
}

function textOf(asked: Members, name: string): string {
  const value = asked[name];
  if (typeof value !== 'string') throw new Error(`${name} must be a text`);
  return value;
}

function numberOf(asked: Members, name: string): number {
  const value = asked[name];
  if (typeof value !== 'number') throw new Error(`${name} must be a number`);
  return value;
}

function listOf(asked: Members, name: string): string[] {
  const value = asked[name] ?? [];
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
    throw new Error(`${name} must be a list of texts`);
  }
  return value;
}
