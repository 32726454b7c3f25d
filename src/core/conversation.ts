import { BackendError } from './errors.ts';
import { type ExplainPorts, type ExplainSubject, type ExplainTurn, explain } from './explain.ts';
import { createExplainShelf } from './explainShelf.ts';
import type { Backend } from './ports.ts';
import type { Settings } from './settings.ts';

/** What a conversation about code needs of the rest. */
export interface ConversationPorts extends ExplainPorts {
  /**
   * The backend to ask now, whatever failed before, as the user asks for it: undefined with the built-in predictor, which writes
   * no prose; an error if none may be asked.
   */
  backend(): Backend | BackendError | undefined;
  /** What came of a request. */
  report(
    backend: Backend,
    end: 'finished' | 'hung-up' | 'aborted' | 'failed',
    error: BackendError | undefined,
  ): void;
  settingsFor(subject: ExplainSubject): Settings;
  /** The language to answer in. */
  readonly language: string;
}

/** Questions and answers about one thing at a time, kept for each thing until its code changes. */
export interface Conversation {
  /** As it was when it was first asked about: its code may stand on other lines by now. */
  readonly subject: ExplainSubject | undefined;
  readonly turns: readonly ExplainTurn[];
  /** The backend that was asked last. */
  readonly asked: Backend | undefined;
  /**
   * Turns to a subject and what was said about it before; an answer about it that is being written goes on. `needs-model`
   * leaves everything as it is.
   */
  open(subject: ExplainSubject): 'known' | 'new' | 'needs-model';
  /** Asks one more turn; an empty question asks for the explanation itself. Settles when the answer has ended. Rejects only on a bug. */
  ask(question: string): Promise<void>;
  /** Asks the last turn again. */
  again(): Promise<void>;
  /** Ends the answer that is being written; what has arrived stays. */
  stop(): void;
  /** Turns to nothing. */
  close(): void;
}

/** How often a growing answer is told of, ms: faster than anyone reads, slow enough to render at leisure. */
const interval = 60;

/** How the backends' health calls the ends of an answer. */
const ends = {
  thinking: 'aborted',
  writing: 'aborted',
  stopped: 'aborted',
  cut: 'hung-up',
  done: 'finished',
  failed: 'failed',
} as const;

/** Starts with nothing. `changed` hears of the turn at `index` whenever it has grown or ended, and of a new one. */
export function createConversation(
  ports: ConversationPorts,
  changed: (index: number, turn: ExplainTurn) => void,
): Conversation {
  const shelf = createExplainShelf(ports.survey);
  let subject: ExplainSubject | undefined;
  let turns: readonly ExplainTurn[] = [];
  let asked: Backend | undefined;
  let writing = new AbortController();
  let isWriting = false;

  async function ask(question: string): Promise<void> {
    const about = subject;
    if (about === undefined) return;
    const own = restart();
    const earlier = turns;
    const show = (turn: ExplainTurn): void => {
      // The person may have asked or turned to something else meanwhile; the end is kept all the same.
      if (writing !== own) return;
      turns = [...earlier, turn];
      changed(earlier.length, turn);
    };
    const backend = ports.backend();
    if (backend === undefined || backend instanceof BackendError) {
      const error = backend ?? new BackendError('rejected', 'The built-in backend writes no prose.');
      show({ question, text: '', state: { kind: 'failed', error }, usage: undefined });
      return;
    }
    asked = backend;
    isWriting = true;
    const settings = ports.settingsFor(about);
    const request = { subject: about, earlier, question, language: ports.language, backend, settings };
    let shown = Number.NEGATIVE_INFINITY;
    let last: ExplainTurn | undefined;
    try {
      for await (const turn of explain(request, ports, own.signal)) {
        last = turn;
        if (ports.clock.now() - shown < interval) continue;
        shown = ports.clock.now();
        show(turn);
      }
    } finally {
      if (writing === own) isWriting = false;
    }
    if (last === undefined) return;
    const { state } = last;
    ports.report(backend, ends[state.kind], state.kind === 'failed' ? state.error : undefined);
    shelf.keep(about, [...earlier, last]);
    show(last);
  }

  function restart(): AbortController {
    writing.abort();
    writing = new AbortController();
    isWriting = false;
    return writing;
  }

  function turnTo(next: ExplainSubject | undefined, known: readonly ExplainTurn[]): void {
    restart();
    subject = next;
    turns = known;
  }

  return {
    get subject() {
      return subject;
    },
    get turns() {
      return turns;
    },
    get asked() {
      return asked;
    },
    open: (next) => {
      if (isWriting && subject !== undefined && shelf.isSame(subject, next)) return 'known';
      const known = shelf.find(next);
      if (known === undefined && ports.backend() === undefined) return 'needs-model';
      turnTo(known?.subject ?? next, known?.turns ?? []);
      return known === undefined ? 'new' : 'known';
    },
    ask,
    again: async () => {
      const last = turns.at(-1);
      if (last === undefined) return;
      turns = turns.slice(0, -1);
      await ask(last.question);
    },
    stop: () => writing.abort(),
    close: () => turnTo(undefined, []),
  };
}
