import { BackendError, isAbort } from '../core/errors.ts';
import type { Backend, Clock } from '../core/ports.ts';
import type { BackendKind, Settings } from '../core/settings.ts';
import { afterFailure, goodHealth, type Health, isDue, isResting } from './health.ts';
import { trialRequest } from './trial.ts';

/** What the chain needs from outside. */
export interface ChainParts {
  /** Makes a backend from the settings; called again when the settings that concern it change. */
  readonly make: (kind: BackendKind, settings: Settings) => Backend;
  /** Why a backend must not be asked now although it could (the budget), if so. */
  readonly refuse: (backend: Backend, settings: Settings) => BackendError | undefined;
  readonly clock: Clock;
  /** Called when somebody else answers than before, or for another reason. */
  readonly changed: (state: ChainState) => void;
  /** Called once per kind of failure and episode: the one time that the user is told. */
  readonly failed: (backend: Backend, error: BackendError) => void;
}

/** Who answers now, and why. */
export interface ChainState {
  /** The backend that the user has chosen. */
  readonly chosen: BackendKind;
  /** The one that is asked; undefined if none can be. */
  readonly answering: BackendKind | undefined;
  /** The model that it asks, as far as it is known: a local server may have to be looked at first. */
  readonly model: string;
  /** Why it is not the chosen one, or why the chosen one had trouble last. */
  readonly because: BackendError | undefined;
}

/** The end of a request: of a draft, an explanation or a trial. */
export interface RequestEnd {
  readonly backend: Backend;
  readonly end: 'finished' | 'hung-up' | 'aborted' | 'failed';
}

/** The chosen backend and those that step in for it, each with its health. */
export interface Chain {
  /** The backend to ask now, or why there is none; its `retryAfterMs` says when to ask again. */
  pick(settings: Settings): Backend | BackendError;
  /** What came of a request. */
  report(end: RequestEnd, error: BackendError | undefined): void;
  /** A key was stored, a server was set up, the user wants another try: all are well until they fail again. */
  forgive(): void;
  state(settings: Settings): ChainState;
  /** Ends trials. */
  dispose(): void;
}

interface Slot {
  readonly kind: BackendKind;
  /** The settings that the backend was made from. */
  readonly key: string;
  readonly backend: Backend;
  health: Health;
  trial: AbortController | undefined;
  /** Whether the user was told that it must not be asked. */
  refused: boolean;
}

/** Keeps backends, their health and who answers. Nothing is made before it is picked. */
export function createChain(parts: ChainParts): Chain {
  const { clock } = parts;
  const slots = new Map<BackendKind, Slot>();
  let last = '';

  const slotFor = (kind: BackendKind, settings: Settings): Slot => {
    const key = settingsKey(kind, settings);
    const present = slots.get(kind);
    if (present?.key === key) return present;
    present?.trial?.abort();
    const slot: Slot = {
      kind,
      key,
      backend: parts.make(kind, settings),
      health: goodHealth,
      trial: undefined,
      refused: false,
    };
    slots.set(kind, slot);
    // Whoever may have to step in is looked at now, not when it is needed. What goes wrong will show when it is asked.
    slot.backend.ready?.(new AbortController().signal).catch(() => undefined);
    return slot;
  };

  const refusal = (slot: Slot, settings: Settings): BackendError | undefined => {
    const error = parts.refuse(slot.backend, settings);
    if (error !== undefined && !slot.refused) parts.failed(slot.backend, error);
    slot.refused = error !== undefined;
    return error;
  };

  const look = (
    settings: Settings,
  ): { readonly slot: Slot | undefined; readonly because: BackendError | undefined } => {
    const now = clock.now();
    const inLine = kindsOf(settings).map((kind) => slotFor(kind, settings));
    const blocked = inLine.map((slot) => refusal(slot, settings) ?? restingError(slot.health, now));
    const free = blocked.indexOf(undefined);
    // Whoever failed is only asked with the user waiting if nobody else can answer; otherwise a trial in the background tells.
    const healthy = inLine.findIndex((slot, at) => blocked[at] === undefined && !isDue(slot.health, now));
    const at = healthy < 0 ? free : healthy;
    const slot = inLine[at];
    const because = blocked[0] ?? (slot === inLine[0] ? undefined : inLine[0]?.health.error);
    return { slot, because };
  };

  const stateOf = (settings: Settings): ChainState => {
    const { slot, because } = look(settings);
    const model = slot?.backend.modelFor?.(trialRequest(slot.backend, settings)) ?? '';
    return { chosen: settings.backend, answering: slot?.kind, model, because };
  };

  const tell = (settings: Settings): void => {
    const state = stateOf(settings);
    const summary = `${state.chosen} ${state.answering} ${state.because?.kind}`;
    if (summary !== last) {
      last = summary;
      parts.changed(state);
    }
  };

  const settle = (slot: Slot, error: BackendError | undefined): void => {
    if (error === undefined) {
      slot.health = goodHealth;
      return;
    }
    const before = slot.health;
    slot.health = afterFailure(before, error, clock.now());
    if (slot.health.kinds.length > before.kinds.length) parts.failed(slot.backend, error);
  };

  const tryOut = async (slot: Slot, settings: Settings): Promise<void> => {
    const trial = new AbortController();
    slot.trial = trial;
    try {
      await slot.backend.ready?.(trial.signal);
      for await (const _ of slot.backend.stream(trialRequest(slot.backend, settings), trial.signal));
      settle(slot, undefined);
    } catch (error) {
      if (error instanceof BackendError) settle(slot, error);
      else if (!isAbort(error)) settle(slot, new BackendError('server', String(error), { cause: error }));
    } finally {
      slot.trial = undefined;
    }
    tell(settings);
  };

  let told: Settings | undefined;
  return {
    pick(settings) {
      told = settings;
      const { slot, because } = look(settings);
      tell(settings);
      for (const kind of kindsOf(settings)) {
        const waiting = slotFor(kind, settings);
        if (waiting === slot) break;
        const due = isDue(waiting.health, clock.now()) && !waiting.refused;
        if (due && waiting.trial === undefined) void tryOut(waiting, settings);
      }
      return slot?.backend ?? because ?? new BackendError('rejected', 'No backend is chosen.');
    },
    report({ backend, end }, error) {
      const slot = [...slots.values()].find((each) => each.backend === backend);
      if (slot === undefined || end === 'aborted') return;
      settle(slot, error);
      if (told !== undefined) tell(told);
    },
    forgive() {
      for (const slot of slots.values()) slot.health = goodHealth;
      if (told !== undefined) tell(told);
    },
    state: stateOf,
    dispose() {
      for (const slot of slots.values()) slot.trial?.abort();
    },
  };
}

function kindsOf(settings: Settings): readonly BackendKind[] {
  return [...new Set([settings.backend, ...settings.fallback])];
}

function settingsKey(kind: BackendKind, settings: Settings): string {
  // Whether somebody else is waiting decides how often a request is tried again.
  const own = Object.entries(settings).filter(([name]) => name.startsWith(`${kind}.`) || name === 'fallback');
  return JSON.stringify(own);
}

/** The last failure, with the rest of its pause; nothing if the pause is over. */
function restingError(health: Health, now: number): BackendError | undefined {
  if (health.error === undefined || !isResting(health, now)) return undefined;
  const { kind, message, reason, cause } = health.error;
  return new BackendError(kind, message, { retryAfterMs: health.until - now, reason, cause });
}
