import { createBackend } from '../../src/backends/index.ts';
import { Completer } from '../../src/core/complete.ts';
import { explain } from '../../src/core/explain.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { Pace } from '../../src/core/pace.ts';
import type { Guard } from '../../src/core/ports.ts';
import type { Snippet } from '../../src/core/prompt.ts';
import { defaultSettings, type Settings } from '../../src/core/settings.ts';
import type { Span } from '../../src/core/site.ts';
import { createRefine } from '../../src/filters/index.ts';
import { createPrivacy, type Privacy } from '../../src/privacy/index.ts';
import { createCompose, createComposeExplain } from '../../src/prompt/index.ts';
import { calm } from '../support/calm.ts';
import { at, siteOf } from '../support/caret.ts';
import { type ModelServer, startModelServer } from '../support/modelServer.ts';
import { silentBackend } from '../support/silentBackend.ts';
import { portsWith, realClock } from '../unit/backends/rig.ts';

const clock = { ...realClock, date: () => Date.now() };

/** A victim at the keyboard: everything of Foretype between the editor and a model server on loopback. */
export interface Victim {
  readonly server: ModelServer;
  readonly privacy: Privacy;
  /** Asks at █ and waits for what is shown in the end. */
  complete(marked: string, more?: { path?: string; snippets?: readonly Snippet[] }): Promise<Outcome>;
  /** Asks for an explanation of a part of a text and gives what is shown. */
  explain(text: string, about: Span, question: string): Promise<string>;
  /** Everything that the server was sent, as it came. */
  received(): string;
}

/** What an attack may vary. */
export interface VictimOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Partial<Settings>;
  readonly answer?: string | ((prompt: string) => string);
  /** Instead of the real guard: a careless client's. */
  readonly guard?: Guard;
  readonly backend?: 'cloud' | 'local';
}

/** Sets up a victim; `close` ends its server. */
export async function createVictim(options: VictimOptions = {}): Promise<Victim> {
  const server = await startModelServer({ text: options.answer ?? 'value;' });
  const settings: Settings = {
    ...defaultSettings,
    'context.maxTokens': 4000,
    'cloud.endpoint': server.origin,
    'local.endpoint': server.origin,
    ...options.settings,
  };
  const privacy = createPrivacy({
    read: async (file) => options.files?.[file],
    realPath: async (file) => file,
    openedByUser: () => true,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    clock,
  });
  const backend = createBackend(
    options.backend ?? 'cloud',
    settings,
    portsWith({
      key: async () => 'sk-key-of-the-victim',
      fetch: privacy.sent.watch(fetch),
      // A busy machine is no fault here.
      bounds: { connect: 8000, firstToken: 8000, between: 8000 },
    }),
  );
  let snippets: readonly Snippet[] = [];
  let written = Promise.withResolvers<void>();
  const completer = new Completer(
    {
      survey: siteOf,
      backends: { pick: () => backend, report: () => written.resolve() },
      pace: new Pace(clock),
      instant: silentBackend,
      gather: async () => snippets,
      guard: options.guard ?? privacy,
      compose: createCompose({ count: (text) => Math.ceil(text.length / 4), random: randomLetters }),
      refine: () => createRefine({ maxLines: 8 }),
      clock,
    },
    () => {},
  );
  return {
    server,
    privacy,
    complete: async (marked, more = {}) => {
      snippets = more.snippets ?? [];
      for (const snippet of snippets)
        await privacy.policy.prepare(snippet.path, new AbortController().signal);
      const ask = {
        snapshot: at(marked, { path: more.path ?? 'src/app.ts' }),
        trigger: 'invoked',
        circumstances: calm,
        settings,
        signal: AbortSignal.timeout(10_000),
      } as const;
      written = Promise.withResolvers();
      const first = await completer.complete(ask);
      if (first.kind !== 'suggest') return first;
      await written.promise;
      return completer.complete(ask);
    },
    explain: async (text, about, question) => {
      const ports = {
        survey: siteOf,
        gather: async () => [],
        guard: options.guard ?? privacy,
        compose: createComposeExplain(randomLetters),
        clock,
      };
      const snapshot = at(`█${text}`, { path: 'src/app.ts' });
      const subject = { kind: 'code', snapshot, span: about } as const;
      const request = { subject, earlier: [], question, language: 'English', backend, settings };
      let shown = '';
      for await (const turn of explain(request, ports, AbortSignal.timeout(10_000))) shown = turn.text;
      return shown;
    },
    received: () => JSON.stringify(server.requests.map(({ body, path: asked }) => [asked, body])),
  };
}

/** A snippet as a context source would find it. */
export function snippetOf(file: string, text: string): Snippet {
  return { source: 'open', path: file, text, weight: 1 };
}

/** What a suggestion says, or the reason for none. */
export function shownBy(outcome: Outcome): string {
  if (outcome.kind === 'suggest') return outcome.suggestion.text;
  return outcome.kind === 'silent' ? `(${outcome.reason})` : `(${outcome.error.message})`;
}

let drawn = 0;
function randomLetters(): string {
  drawn += 1;
  return `k${drawn.toString(36)}q${(drawn * 7919).toString(36)}`;
}
