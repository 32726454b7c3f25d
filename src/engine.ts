import { type ChainState, createChain } from './backends/chain.ts';
import { type BackendPorts, createBackend } from './backends/index.ts';
import { createBuiltinBackend, type Prediction, type Query } from './builtin/index.ts';
import { createContext } from './context/index.ts';
import { Completer } from './core/complete.ts';
import type { BackendError } from './core/errors.ts';
import { Pace } from './core/pace.ts';
import type { Backend, Clock, ContextSource, Log, Workspace } from './core/ports.ts';
import { createRefine } from './filters/index.ts';
import { createPrivacy } from './privacy/index.ts';
import type { PolicyPorts } from './privacy/policy.ts';
import {
  createCompose,
  createComposeExplain,
  createCounter,
  loadTokenizer,
  templateForModel,
} from './prompt/index.ts';
import { createSyntax, type SyntaxPorts } from './syntax/index.ts';
import type { Meter } from './usage/meter.ts';
import { metered } from './usage/metered.ts';

/** Sources of context that are later than this are left out of a prompt, ms. */
const contextBudgetMs = 40;

/** What the parts need from the world around them: an editor, or a benchmark. */
export interface EnginePorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly workspace: Workspace;
  readonly languages: Pick<SyntaxPorts, 'runtime' | 'grammar' | 'query'>;
  readonly policy: Omit<PolicyPorts, 'log'>;
  /** Letters and digits that nobody can guess. */
  readonly random: () => string;
  readonly predict: (query: Query) => Prediction | undefined | Promise<Prediction | undefined>;
  readonly network: Omit<BackendPorts, 'clock' | 'log' | 'templateFor' | 'countTokens'>;
  readonly meter: Meter;
  /** What only an editor can ask. */
  readonly extraSources: readonly ContextSource[];
  /** Hears when somebody else answers than before, or for another reason. */
  readonly answering: (state: ChainState) => void;
  /** Hears of each kind of failure once an episode. */
  readonly failed: (backend: Backend, error: BackendError) => void;
}

/** A built-in suggestion must be as likely as this to be shown before the model's. */
const instantConfidence = 0.9;

/** All parts, put together. */
export type Engine = ReturnType<typeof createEngine>;

/** Puts the parts together. Only `editorEngine.ts`, the probe and the benchmarks do. */
export function createEngine(ports: EnginePorts) {
  const { clock, log, workspace, meter } = ports;
  const syntax = createSyntax({ ...ports.languages, clock, log });
  const privacy = createPrivacy({ ...ports.policy, clock, log });
  const context = createContext({
    outline: syntax.outline,
    typeOf: syntax.typeOf,
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
  const refine = remember((maxLines: number) =>
    createRefine({
      maxLines,
      errorsAdded: ({ snapshot }, text, replace) => syntax.errorsAdded(snapshot, text, replace),
    }),
  );
  const builtin = createBuiltinBackend({ predict: ports.predict });
  const instant = createBuiltinBackend({
    predict: async (query) => {
      const found = await ports.predict(query);
      return found && found.confidence >= instantConfidence ? found : undefined;
    },
  });
  const backendPorts: BackendPorts = {
    ...ports.network,
    fetch: privacy.sent.watch(ports.network.fetch),
    clock,
    log,
    templateFor: (model) => templateForModel(model)?.id,
    countTokens: async (text) => {
      await tokens().ready;
      return tokens().count(text);
    },
  };
  const chain = createChain({
    make: (kind, settings) =>
      kind === 'builtin' ? builtin : metered(createBackend(kind, settings, backendPorts), meter),
    refuse: (backend, settings) => meter.refuse(backend, settings),
    clock,
    changed: (state) => {
      log.info(answeringLine(state));
      ports.answering(state);
    },
    failed: ports.failed,
  });
  return {
    syntax,
    privacy,
    context,
    compose,
    composeExplain: createComposeExplain(ports.random),
    chain,
    backendPorts,
    refine,
    tokens,
    /** Makes the one that answers keystrokes. */
    completer: (onGrowth: () => void) =>
      new Completer(
        {
          survey: syntax.survey,
          backends: chain,
          pace: new Pace(clock),
          instant: { ...instant, id: 'instant' },
          guard: privacy,
          gather: context.gather,
          compose,
          refine: (settings) => refine(settings['suggest.maxLines']),
          clock,
        },
        onGrowth,
      ),
    dispose: () => {
      chain.dispose();
      context.dispose();
      syntax.dispose();
    },
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

/** Who answers now, for the log: failures and recoveries can be followed in it. */
function answeringLine({ chosen, answering, because }: ChainState): string {
  const why = because === undefined ? '' : `, because of ${chosen}: ${because.kind}`;
  return answering === undefined ? `Nothing answers${why}.` : `Answers come from ${answering}${why}.`;
}
