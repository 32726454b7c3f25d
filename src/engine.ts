import { type BackendPorts, createBackend } from './backends/index.ts';
import { createBuiltinBackend, type Query } from './builtin/index.ts';
import { createGather } from './context/index.ts';
import { type Backends, Completer } from './core/complete.ts';
import type { DraftReport } from './core/drafts.ts';
import type { BackendError } from './core/errors.ts';
import { Pace } from './core/pace.ts';
import type { Backend, Clock, ContextSource, Gather, Log, Workspace } from './core/ports.ts';
import type { Settings } from './core/settings.ts';
import { createRefine } from './filters/index.ts';
import { createPrivacy } from './privacy/index.ts';
import { createCompose, createCounter, loadTokenizer, templateForModel } from './prompt/index.ts';
import { createSyntax, type SyntaxPorts } from './syntax/index.ts';

/** Sources of context that are later than this are left out of a prompt, ms. */
const contextBudgetMs = 40;

/** What the parts need from the world around them: an editor, or a benchmark. */
export interface EnginePorts extends Omit<SyntaxPorts, 'clock' | 'log'> {
  readonly clock: Clock;
  readonly log: Log;
  readonly workspace: Workspace;
  /** The text of an ignore file, by workspace path. */
  readonly readIgnoreFile: (path: string, signal: AbortSignal) => Promise<string | undefined>;
  /** Whether the user has the file open in an editor. */
  readonly isOpen: (path: string) => boolean;
  /** Letters and digits that nobody can guess. */
  readonly random: () => string;
  readonly predict: (query: Query) => ReturnType<Parameters<typeof createBuiltinBackend>[0]['predict']>;
  readonly network: Omit<BackendPorts, 'clock' | 'log' | 'templateFor' | 'countTokens' | 'wallTime'>;
  readonly extraSources: readonly ContextSource[];
  /** Hears of every request that has ended. */
  readonly reported: (report: DraftReport, error: BackendError | undefined) => void;
}

/** All parts, put together. Only `extension.ts` and the probe make one. */
export function createEngine(ports: EnginePorts) {
  const { clock, log, workspace } = ports;
  const syntax = createSyntax(ports);
  const privacy = createPrivacy({ read: ports.readIgnoreFile, log });
  const gather: Gather = createGather({
    outline: syntax.outline,
    workspace,
    clock,
    log,
    budgetMs: contextBudgetMs,
    extraSources: ports.extraSources,
  });
  let counter: ReturnType<typeof createCounter> | undefined;
  const tokens = () => {
    counter ??= createCounter(loadTokenizer);
    return counter;
  };
  const compose = createCompose({ count: (text) => tokens().count(text), random: ports.random });
  const refine = remember((maxLines: number) => createRefine({ maxLines }));
  const builtin = createBuiltinBackend({ predict: ports.predict });
  const make = (kind: 'cloud' | 'local', settings: Settings): Backend =>
    createBackend(kind, settings, {
      ...ports.network,
      clock,
      log,
      templateFor: (model) => templateForModel(model)?.id,
      countTokens: async (text) => {
        await tokens().ready;
        return tokens().count(text);
      },
      wallTime: () => clock.date(),
    });
  const made = new WeakMap<Settings, Backend>();
  const backends: Backends = {
    pick: (settings) => {
      const known = made.get(settings);
      if (known) return known;
      const backend = settings.backend === 'builtin' ? builtin : make(settings.backend, settings);
      made.set(settings, backend);
      return backend;
    },
    report: ports.reported,
  };
  return {
    syntax,
    privacy,
    gather,
    compose,
    backends,
    refine,
    tokens,
    /** Makes the one that answers keystrokes. */
    completer: (onGrowth: () => void) =>
      new Completer(
        {
          survey: syntax.survey,
          backends,
          pace: new Pace(clock),
          guard: privacy,
          gather,
          compose,
          refine: (settings) => refine(settings['suggest.maxLines']),
          clock,
        },
        onGrowth,
      ),
  };
}

/** The same answer for the same argument, made once. */
function remember<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
