import { press } from '../support/autoClose.ts';
import type { Ghost } from '../support/desk.ts';
import type { VirtualClock } from '../support/virtualClock.ts';
import type { Look, Plan, Seat, Seen, Sight } from './typist.ts';

/** A client with an editor around it, in virtual time. */
export interface Client {
  readonly text: string;
  readonly caret: number;
  readonly version: number;
  readonly ghost: Ghost | undefined;
  onGhost: () => void;
  type(text: string, closing: string, overtyped: number): void;
  backspace(count: number): void;
  /** Takes the ghost text, or its first characters. */
  accept(length?: number): void;
  move(caret: number): void;
}

/** The seat before a client in virtual time. `suffix` is the text after the part that is typed, `whole` the text as it will be. */
export class VirtualSeat implements Seat {
  readonly #clock: VirtualClock;
  readonly #client: Client;
  readonly #whole: string;
  readonly #suffix: string;
  readonly seen: Seen[] = [];
  #sights: Sight[] = [];
  #ghost = '';

  constructor(clock: VirtualClock, client: Client, whole: string, suffix: string) {
    this.#clock = clock;
    this.#client = client;
    this.#whole = whole;
    this.#suffix = suffix;
    client.onGhost = () => {
      const text = visible(client);
      if (text === this.#ghost) return;
      this.#ghost = text;
      this.#sights.push({ kind: 'ghost', at: clock.now(), text });
    };
  }

  now(): number {
    return this.#clock.now();
  }

  wait(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }

  async look(): Promise<Look> {
    const sights = this.#sights;
    this.#sights = [];
    return { sights, ghost: this.#ghost, popup: false, frames: 0, longestFrame: 0 };
  }

  async strike({ key, kind }: Plan): Promise<void> {
    const client = this.#client;
    const extra = this.#extra;
    // The key takes a moment, so that what it changes comes after it.
    await this.#clock.advance(1);
    const at = this.#clock.now();
    if (kind === 'taken') client.accept();
    else if (kind === 'line-taken') client.accept((client.ghost?.text.indexOf('\n') ?? 0) + 1);
    else if (key === 'Backspace') client.backspace(1);
    else if (key === 'ArrowDown') client.move(client.caret + (/^\n[ \t]*\S+/.exec(extra)?.[0].length ?? 0));
    else if (key === 'Tab') client.type(indentAt(this.#whole, client.caret), '', 0);
    else if (key === 'Delete') client.type('', '', 1);
    else {
      const line = key === '\n' ? `\n${indentAt(this.#whole, client.caret + 1)}` : key;
      const { typed, closing, overtyped } = press(client.text, client.caret, extra, line);
      client.type(typed, closing, overtyped);
    }
    const { text, caret, version } = client;
    this.seen.push({ at, sentAt: at, arrivedAt: at, version, text, caret });
    await this.#clock.advance(0);
  }

  async dismiss(): Promise<void> {}

  last(): Seen | undefined {
    return this.seen.at(-1);
  }

  async nextSeen(before: Seen | undefined): Promise<Seen | undefined> {
    const last = this.last();
    return last === before ? undefined : last;
  }

  get #extra(): string {
    const tail = this.#client.text.slice(this.#client.caret);
    return tail.endsWith(this.#suffix) ? tail.slice(0, tail.length - this.#suffix.length) : '';
  }
}

/** The indentation that an editor gives the line that starts at an offset. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(offset, offset + 80))?.[0] ?? '';
}

/** What VS Code draws of a ghost text: not the characters that it takes the place of and that occur in it. */
function visible({ ghost, text, caret }: Client): string {
  if (!ghost) return '';
  let drawn = ghost.text;
  let before = drawn.length;
  for (const character of [...text.slice(caret, caret + ghost.replace)].reverse()) {
    const at = drawn.lastIndexOf(character, before - 1);
    if (at < 0 || before === 0) continue;
    drawn = drawn.slice(0, at) + drawn.slice(at + 1);
    before = at;
  }
  return drawn;
}
