import type { Backend } from '../../src/core/ports.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { siteOf } from '../support/caret.ts';
import type { Ghost } from '../support/desk.ts';
import { passed } from '../support/openGuard.ts';
import type { VirtualClock } from '../support/virtualClock.ts';
import type { Hands } from './keysTypist.ts';

/** The client that everyone writes first: a debounce of 300 ms, cancel on every key, an exact cache, no streaming. */
export class NaiveClient implements Hands {
  ghost: Ghost | undefined;
  onGhost: () => void = () => {};
  readonly #clock: VirtualClock;
  readonly #backend: Backend;
  readonly #cache = new Map<string, string>();
  #text: string;
  #caret: number;
  #request = new AbortController();

  constructor(clock: VirtualClock, backend: Backend, marked: string) {
    this.#clock = clock;
    this.#backend = backend;
    this.#caret = marked.indexOf('█');
    this.#text = marked.replace('█', '');
  }

  type(text: string): void {
    this.#text = this.#text.slice(0, this.#caret) + text + this.#text.slice(this.#caret);
    this.#caret += text.length;
    const { ghost } = this;
    const kept = ghost && ghost.text !== text && ghost.text.startsWith(text);
    this.#show(kept ? ghost.text.slice(text.length) : undefined);
    this.#request.abort();
    this.#request = new AbortController();
    void this.#ask(this.#request.signal).catch(() => undefined);
  }

  accept(length: number): void {
    const text = this.ghost?.text.slice(0, length) ?? '';
    this.#show(undefined);
    this.type(text);
  }

  async #ask(signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(300, signal);
    const key = this.#text.slice(0, this.#caret);
    let text = this.#cache.get(key);
    if (text === undefined) {
      text = '';
      const snapshot = {
        uri: 'file:///work/example',
        path: 'example',
        languageId: 'typescript',
        version: 1,
        text: this.#text,
        caret: this.#caret,
        indentUnit: '  ',
      };
      const prompt = passed({ kind: 'chat', messages: [], stop: [], maxTokens: 100 });
      const request = { prompt, site: siteOf(snapshot), settings: defaultSettings };
      for await (const chunk of this.#backend.stream(request, signal)) text += chunk.text;
      this.#cache.set(key, text);
    }
    this.#show(text === '' ? undefined : text);
  }

  #show(text: string | undefined): void {
    this.ghost = text === undefined ? undefined : { text, replace: 0 };
    this.onGhost();
  }
}
