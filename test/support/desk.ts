import type { Ask } from '../../src/core/ask.ts';
import type { Cleared } from '../../src/core/cleared.ts';
import { type Backends, Completer, type CompleterParts } from '../../src/core/complete.ts';
import type { DraftReport } from '../../src/core/draft.ts';
import type { BackendError } from '../../src/core/errors.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { Pace } from '../../src/core/pace.ts';
import type { Backend } from '../../src/core/ports.ts';
import type { Prompt } from '../../src/core/prompt.ts';
import { defaultSettings, type Settings } from '../../src/core/settings.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { calm } from './calm.ts';
import { siteOf } from './caret.ts';
import { silentBackend } from './silentBackend.ts';
import type { VirtualClock } from './virtualClock.ts';

/** VS Code asks a provider this long after a key, ms (50 and more by its own debounce, plus the way to the extension host). */
const editorDelay = 60;

/** The provider's own bound on growth, ms. */
const growthStep = 100;

/** Ghost text on the virtual screen. */
export interface Ghost {
  readonly text: string;
  readonly replace: number;
  readonly outdent: number;
}

interface Moment {
  readonly text: string;
  readonly caret: number;
}

/** What a desk may be given in place of the plain parts. */
export interface DeskOptions extends Partial<Omit<CompleterParts, 'clock' | 'backends'>> {
  readonly backends?: Backends;
  readonly settings?: Partial<Settings>;
  readonly languageId?: string;
}

/** An editor in virtual time with one document, a person's hands, and the completer: what VS Code and the provider do, without them. */
export class Desk {
  readonly completer: Completer;
  readonly reports: DraftReport[] = [];
  readonly outcomes: Outcome[] = [];
  readonly #clock: VirtualClock;
  readonly #languageId: string;
  settings: Settings;
  uri = 'file:///work/example';
  text: string;
  caret: number;
  version = 1;
  #other: Pick<Desk, 'uri' | 'text' | 'caret' | 'version'> | undefined;
  ghost: Ghost | undefined;
  /** Hears of every change of the ghost text. */
  onGhost: () => void = () => {};
  readonly #open = new AbortController();
  #ask = new AbortController();
  readonly #done: Moment[] = [];
  readonly #undone: Moment[] = [];
  #growing = false;
  #lastGrowth = Number.NEGATIVE_INFINITY;

  constructor(clock: VirtualClock, backend: Backend, marked: string, options: DeskOptions = {}) {
    const { backends, settings, languageId, ...parts } = options;
    this.#clock = clock;
    this.#languageId = languageId ?? 'typescript';
    this.caret = marked.indexOf('█');
    this.text = marked.replace('█', '');
    this.settings = { ...defaultSettings, ...settings };
    this.completer = new Completer(
      {
        survey: siteOf,
        backends: backends ?? {
          pick: () => backend,
          report: (report: DraftReport, _error: BackendError | undefined) => this.reports.push(report),
        },
        pace: new Pace(clock),
        instant: silentBackend,
        guard: {
          mayLeave: async () => true,
          clear: (site, snippets, _, about = { start: 0, end: 0 }) => ({
            about,
            site,
            snippets,
            seal: (prompt) => ({ prompt: prompt as Cleared<Prompt>, restore: (answer) => answer }),
          }),
        },
        gather: async () => [],
        compose: () => ({ kind: 'chat', messages: [], stop: [], maxTokens: 100 }),
        refine: () => (answer) => ({ kind: 'keep', text: answer.text, replace: 0 }),
        clock,
        ...parts,
      },
      () => void this.#grow(),
    );
  }

  /** The document with the caret marked. */
  get marked(): string {
    return `${this.text.slice(0, this.caret)}█${this.text.slice(this.caret)}`;
  }

  snapshot(): Snapshot {
    return {
      uri: this.uri,
      path: 'example',
      languageId: this.#languageId,
      version: this.version,
      text: this.text,
      caret: this.caret,
      indentUnit: '  ',
    };
  }

  /** Types text as one edit; `closing` is what the editor puts after the caret by itself, `overtyped` how much there it types over. */
  type(text: string, closing = '', overtyped = 0): void {
    const before = this.ghost;
    this.#edit(
      this.text.slice(0, this.caret) + text + closing + this.text.slice(this.caret + overtyped),
      this.caret + text.length,
    );
    // VS Code keeps ghost text through a bracket that it closes itself, if that stands in the text.
    const kept =
      before &&
      before.text !== text &&
      before.text.startsWith(text) &&
      before.outdent === 0 &&
      (closing === '' || before.text.slice(text.length).includes(closing));
    const replace = Math.max(0, (before?.replace ?? 0) - overtyped + closing.length);
    this.#setGhost(kept ? { text: before.text.slice(text.length), replace, outdent: 0 } : undefined);
  }

  backspace(count = 1): void {
    this.#edit(this.text.slice(0, this.caret - count) + this.text.slice(this.caret), this.caret - count);
    this.#setGhost(undefined);
  }

  /** Takes the last edit back, as one edit. */
  undo(): void {
    this.#swap(this.#done, this.#undone);
  }

  /** Does the edit that was undone again. */
  redo(): void {
    this.#swap(this.#undone, this.#done);
  }

  /** Goes to the other of two documents, which is as it was left. */
  switchDocument(other: string): void {
    this.#ask.abort();
    const left = { uri: this.uri, text: this.text, caret: this.caret, version: this.version };
    const caret = other.indexOf('█');
    const fresh = { uri: `${this.uri}.other`, text: other.replace('█', ''), caret, version: 1 };
    Object.assign(this, this.#other ?? fresh);
    this.#other = left;
    this.#setGhost(undefined);
  }

  /** Another program, a formatter or a revert makes the document another one, without a key. */
  replace(marked: string, uri = this.uri): void {
    this.#ask.abort();
    this.uri = uri;
    this.caret = marked.indexOf('█');
    this.text = marked.replace('█', '');
    this.version += 1;
    this.#setGhost(undefined);
  }

  /** Moves the caret without typing. */
  move(caret: number): void {
    this.caret = caret;
    this.#ask.abort();
    this.#setGhost(undefined);
  }

  /** Takes the ghost text, or its first `length` characters. */
  accept(length = this.ghost?.text.length ?? 0): string {
    const { ghost } = this;
    if (!ghost) return '';
    const text = ghost.text.slice(0, length);
    const replace = length === ghost.text.length ? ghost.replace : 0;
    const start = this.caret - ghost.outdent;
    this.#edit(this.text.slice(0, start) + text + this.text.slice(this.caret + replace), start + text.length);
    const left = ghost.text.slice(length);
    this.#setGhost(left === '' ? undefined : { ...ghost, text: left, outdent: 0 });
    return text;
  }

  /** Sends the ghost text away. */
  dismiss(): void {
    this.completer.dismissed();
    this.#setGhost(undefined);
  }

  /** What the extension does when the settings change. */
  reset(): void {
    this.#ask.abort();
    this.completer.clear();
    this.#setGhost(undefined);
  }

  /** Asks by hand. */
  async invoke(): Promise<Outcome> {
    if (this.#ask.signal.aborted) this.#ask = new AbortController();
    return this.#question('invoked');
  }

  /** VS Code asks by itself, without a key. */
  refresh(): void {
    this.#ask = new AbortController();
    void this.#question('typing');
  }

  dispose(): void {
    this.#ask.abort();
    this.#open.abort();
    this.completer.clear();
  }

  #swap(from: Moment[], to: Moment[]): void {
    const moment = from.pop();
    if (!moment) return;
    to.push({ text: this.text, caret: this.caret });
    this.#become(moment.text, moment.caret);
    this.#setGhost(undefined);
  }

  #edit(text: string, caret: number): void {
    this.#done.push({ text: this.text, caret: this.caret });
    this.#undone.length = 0;
    this.#become(text, caret);
  }

  #become(text: string, caret: number): void {
    this.text = text;
    this.caret = caret;
    this.version += 1;
    this.#ask.abort();
    const ask = new AbortController();
    this.#ask = ask;
    this.completer.changed(this.snapshot(), this.#clock.now());
    void this.completer.prepare(this.#asking('typing'));
    void this.#clock.sleep(editorDelay, ask.signal).then(
      () => this.#question('typing'),
      () => undefined,
    );
  }

  #asking(trigger: Ask['trigger']): Ask {
    return {
      snapshot: this.snapshot(),
      trigger,
      circumstances: calm,
      settings: this.settings,
      signal: this.#ask.signal,
    };
  }

  async #question(trigger: Ask['trigger']): Promise<Outcome> {
    const ask = this.#asking(trigger);
    const outcome = await this.completer.complete(ask);
    this.outcomes.push(outcome);
    const isOld = ask.snapshot.uri !== this.uri || ask.snapshot.version !== this.version;
    if (ask.signal.aborted || isOld) return outcome;
    this.#setGhost(outcome.kind === 'suggest' ? outcome.suggestion : undefined);
    return outcome;
  }

  async #grow(): Promise<void> {
    if (this.#growing) return;
    this.#growing = true;
    const { signal } = this.#ask;
    const wait = this.#lastGrowth + growthStep - this.#clock.now();
    try {
      await this.#clock.sleep(wait, this.#open.signal);
    } catch {
      return; // The desk was cleared.
    }
    this.#growing = false;
    this.#lastGrowth = this.#clock.now();
    if (!signal.aborted) await this.#question('typing');
  }

  #setGhost(ghost: Ghost | undefined): void {
    this.ghost = ghost;
    this.onGhost();
  }
}
