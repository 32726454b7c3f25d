import type { Clock } from '../core/ports.ts';
import type { TextEdit } from '../core/survival.ts';

/**
 * VS Code asks some 60 ms after a key. When it has let keys pass for so long without a question, it does not ask here: it is snoozed, inline
 * suggestions are off, or a Vim extension is in its normal mode. ms.
 */
const patience = 3000;

interface Watched {
  /** VS Code has asked for this document by itself. */
  readonly asked: boolean;
  /** The first key since then. */
  readonly waitingSince: number | undefined;
}

/** Knows whether VS Code will ask what to show after a key, so that no model is asked for a screen that stays empty. */
export class Attention {
  readonly #clock: Clock;
  readonly #documents = new WeakMap<object, Watched>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** VS Code asks for this document by itself. */
  asked(document: object): void {
    this.#documents.set(document, { asked: true, waitingSince: undefined });
  }

  /** A key changed this document; tells whether VS Code is going to ask about it. */
  keyStruck(document: object): boolean {
    const now = this.#clock.now();
    const { asked, waitingSince = now } = this.#documents.get(document) ?? { asked: false };
    this.#documents.set(document, { asked, waitingSince });
    return asked && now - waitingSince <= patience;
  }
}

/** Whether the caret stands where one of these edits has left text, as after typing; `caret` is an offset in the text after them. */
export function isAtEdit(edits: readonly TextEdit[], caret: number): boolean {
  let shift = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    if (caret >= start + shift && caret <= start + shift + text.length) return true;
    shift += text.length - (end - start);
  }
  return false;
}
