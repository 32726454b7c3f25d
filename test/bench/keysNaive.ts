import type { Backend } from '../../src/core/ports.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { siteOf } from '../support/caret.ts';
import type { Ghost } from '../support/desk.ts';
import { passed } from '../support/openGuard.ts';
import type { VirtualClock } from '../support/virtualClock.ts';
import type { Client } from './keysSeat.ts';

/** The client that everyone writes first: a debounce of 300 ms, cancel on every key, an exact cache, no streaming. */
export class NaiveClient implements Client {
  ghost: Ghost | undefined;
  onGhost: () => void = () => {};
  readonly #clock: VirtualClock;
  readonly #backend: Backend;
  readonly #cache = new Map<string, string>();
  text: string;
  caret: number;
  version = 1;
  #request = new AbortController();

  constructor(clock: VirtualClock, backend: Backend, marked: string) {
    this.#clock = clock;
    this.#backend = backend;
    this.caret = marked.indexOf('█');
    this.text = marked.replace('█', '');
  }

  type(text: string, closing: string, overtyped: number): void {
    const { ghost } = this;
    this.#edit(text + closing, 0, overtyped);
    this.caret -= closing.length;
    const kept = closing === '' && ghost && ghost.text !== text && ghost.text.startsWith(text);
    this.#show(kept ? ghost.text.slice(text.length) : undefined);
  }

  backspace(count: number): void {
    this.#edit('', count, 0);
    this.#show(undefined);
  }

  accept(length?: number): void {
    const text = this.ghost?.text.slice(0, length) ?? '';
    this.#edit(text, 0, 0);
    this.#show(undefined);
  }

  move(caret: number): void {
    this.caret = caret;
    this.#request.abort();
    this.#show(undefined);
  }

  #edit(text: string, before: number, after: number): void {
    this.text = this.text.slice(0, this.caret - before) + text + this.text.slice(this.caret + after);
    this.caret += text.length - before;
    this.version += 1;
    this.#request.abort();
    this.#request = new AbortController();
    void this.#ask(this.#request.signal).catch(() => undefined);
  }

  async #ask(signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(300, signal);
    const key = this.text.slice(0, this.caret);
    let text = this.#cache.get(key);
    if (text === undefined) {
      text = '';
      const snapshot = {
        uri: 'file:///work/example',
        path: 'example',
        languageId: 'typescript',
        version: 1,
        text: this.text,
        caret: this.caret,
        indentUnit: '  ',
      };
      const content = `Complete the code at <caret>.\n${this.text.slice(Math.max(0, this.caret - 4000), this.caret)}<caret>${this.text.slice(this.caret, this.caret + 1000)}`;
      const prompt = passed({
        kind: 'chat',
        messages: [{ role: 'user', content }],
        stop: [],
        maxTokens: 100,
      });
      const request = { prompt, site: siteOf(snapshot), settings: defaultSettings };
      for await (const chunk of this.#backend.stream(request, signal)) text += chunk.text;
      this.#cache.set(key, text);
    }
    this.#show(text === '' ? undefined : text);
  }

  #show(text: string | undefined): void {
    this.ghost = text === undefined ? undefined : { text, replace: 0, outdent: 0 };
    this.onGhost();
  }
}
