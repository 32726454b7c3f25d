import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { CompleterParts } from '../../src/core/complete.ts';
import type { Workspace } from '../../src/core/ports.ts';
import type { Prompt } from '../../src/core/prompt.ts';
import type { SourceText } from '../../src/core/snapshot.ts';
import { createEngine } from '../../src/engine.ts';
import type { Desk } from '../support/desk.ts';
import { silentMeter } from '../support/silentMeter.ts';
import type { VirtualClock } from '../support/virtualClock.ts';
import { stderrLog } from './contextEngine.ts';
import { grammarFiles } from './grammarFiles.ts';
import type { Trace } from './keysSources.ts';

/** The parts that a keystroke passes through, as the extension has them. */
export type Parts = Pick<CompleterParts, 'survey' | 'guard' | 'gather' | 'compose' | 'refine'>;

/** The parts of the extension around one trace, with its repository in memory; `dispose` ends them. */
export async function partsFor(
  { repository, source, related }: Trace,
  clock: VirtualClock,
  desk: () => Desk,
): Promise<{ readonly parts: Parts; edited(at: number, length: number): void; dispose(): void }> {
  const { files } = repository;
  const own = (): SourceText => ({
    ...source,
    uri: 'file:///work/example',
    text: desk().text,
    version: desk().version,
  });
  const workspace: Workspace = {
    open: () => [own(), ...related.flatMap((each) => files.get(each) ?? [])],
    read: async (path) => (path === source.path ? own() : files.get(path)),
    list: async (folder) => namesIn(files, folder),
  };
  const engine = createEngine({
    clock,
    log: stderrLog,
    workspace,
    languages: grammarFiles,
    policy: { read: async () => undefined, realPath: async (path) => path, openedByUser: () => true },
    random: () => '1f',
    predict: () => undefined,
    network: {
      key: async () => undefined,
      fetch: async () => {
        throw new Error('The model is not asked over the network here.');
      },
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
  const warm = async () => {
    const { signal } = new AbortController();
    await Promise.all([engine.syntax.ready(source.languageId), engine.tokens().ready]);
    await engine.syntax.settled(own(), signal);
    for (const path of [source.path, ...related]) await engine.privacy.policy.prepare(path, signal);
    await engine.context.prepare(own(), signal);
  };
  let warming = true;
  const warmed = warm().finally(() => {
    warming = false;
  });
  while (warming) await clock.advance(1);
  await warmed;
  const { syntax, privacy, context, compose, refine } = engine;
  return {
    parts: {
      survey: syntax.survey,
      guard: privacy,
      gather: context.gather,
      compose,
      refine: (settings) => refine(settings['suggest.maxLines']),
    },
    edited: (at, length) => context.edited(own(), { start: at, end: at + length }),
    dispose: () => engine.dispose(),
  };
}

/** Tokens of all the texts of a prompt. */
export function tokensIn(prompt: Prompt): number {
  const text = prompt.kind === 'chat' ? prompt.messages.map(({ content }) => content).join('\n') : '';
  return encode(text).length;
}

function namesIn(files: ReadonlyMap<string, SourceText>, folder: string): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = new Set<string>();
  for (const path of files.keys()) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...more] = path.slice(prefix.length).split('/');
    names.add(more.length > 0 ? `${name}/` : name);
  }
  return [...names];
}
