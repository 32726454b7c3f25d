import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { findChromium } from './chromium.ts';
import type { EditorServer, WorkbenchOptions } from './editorLaunch.ts';
import { projectRoot } from './run.ts';

/** Where screenshots of tests go. */
export const screenshotFolder = path.join(projectRoot, '.vscode-test/screenshots');

/** Something that happened on the screen; `time` in ms on the page's clock. */
export interface ScreenEvent {
  readonly kind: 'key' | 'ghost';
  readonly time: number;
  /** The key pressed, or the ghost text from then on. */
  readonly text: string;
}

/** Every key and every change of the ghost text, looked at in each of so many animation frames. */
export interface ScreenRecord {
  readonly frames: number;
  readonly events: readonly ScreenEvent[];
}

/** A notification as it is shown. */
export interface ShownNotification {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** A person at the keyboard of one workbench window. */
export interface Editor {
  readonly page: Page;
  /** Types with real key events, `delay` ms apart (0: as fast as they are taken). */
  type(text: string, delay?: number): Promise<void>;
  /** One key with modifiers, in playwright's words: `Tab`, `Control+S`. */
  press(key: string): Promise<void>;
  /** The ghost text on the screen; empty if there is none. */
  ghost(): Promise<string>;
  /** Waits until the ghost text satisfies the test; throws with the last one seen. */
  waitForGhost(test: (ghost: string) => boolean, timeoutMs?: number): Promise<string>;
  startRecording(): Promise<void>;
  stopRecording(): Promise<ScreenRecord>;
  /** Opens a file of the workspace with the cursor at a line and column, from 1. */
  open(file: string, line: number, column: number): Promise<void>;
  /** Runs a command by its title through the command palette. */
  command(title: string): Promise<void>;
  /** Types into the quick input that is open, and confirms. */
  answer(text: string): Promise<void>;
  /** Chooses an entry of the quick pick that is open, by words of its label. */
  pick(label: string): Promise<void>;
  save(): Promise<void>;
  /**
   * Changes user settings as a person does, in settings.json in an editor of its own: VS Code's server does not always notice when
   * another program writes the file.
   */
  setSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** `line:column` of the cursor. */
  cursor(): Promise<string>;
  /** The texts of the status bar, each with its accessible description. */
  statusTexts(): Promise<readonly string[]>;
  waitForStatus(words: RegExp, timeoutMs?: number): Promise<string>;
  notifications(): Promise<readonly ShownNotification[]>;
  /** Waits for words in an element of one of the pages inside the window, a panel's for instance; answers the element's text. */
  waitInFrames(selector: string, words: string, timeoutMs?: number): Promise<string>;
  /** Writes a picture of the window into `screenshotFolder` and answers its path. */
  screenshot(name: string): Promise<string>;
  close(): Promise<void>;
}

/** How the window is opened. */
export interface OpenOptions extends WorkbenchOptions {
  readonly size?: { readonly width: number; readonly height: number };
  /** Gets what the extension host prints, when a suite runs. */
  readonly onLog?: (type: string, args: readonly unknown[]) => void;
  /** Gets the exit code of the suite. */
  readonly onExit?: (code: number) => void;
}

/** A start of the browser that asks the network for nothing and works without a sandbox, as in a container. */
const browserFlags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** Starts a headless browser. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: browserFlags });
}

/** Opens the workbench in a window of its own and waits until it is drawn; extensions come later. */
export async function openEditor(
  browser: Browser,
  server: EditorServer,
  options: OpenOptions = {},
): Promise<Editor> {
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1200, height: 760 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await page.addInitScript({ path: path.join(projectRoot, 'test/support/screen.js') });
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) =>
    options.onLog?.(type, args),
  );
  await page.exposeFunction('codeAutomationExit', (code: number) => options.onExit?.(code));
  await page.goto(server.addressOf(options));
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  return editorOf(page, server.settings, () => context.close());
}

function editorOf(
  page: Page,
  firstSettings: Readonly<Record<string, unknown>>,
  close: () => Promise<void>,
): Editor {
  const input = page.locator('.quick-input-widget:visible .quick-input-box input');
  const row = (words: string) =>
    page.locator('.quick-input-list .monaco-list-row', { hasText: words }).first();
  const look = <T>(what: string) => page.evaluate<T>(`foretypeScreen.${what}()`);
  const ghost = () => look<string>('ghost');
  const statusTexts = () => look<readonly string[]>('status');

  async function waitFor<T>(
    what: string,
    read: () => Promise<T>,
    test: (value: T) => boolean,
    timeoutMs: number,
  ): Promise<T> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const value = await read();
      if (test(value)) return value;
      if (performance.now() > end) throw new Error(`${what} did not come; last: ${JSON.stringify(value)}`);
      await page.waitForTimeout(20);
    }
  }

  /** The first line of ghost text and the lines below are painted one after the other, so it must stay for some frames. */
  async function settledGhost(test: (ghost: string) => boolean, timeoutMs: number): Promise<string> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const shown = await waitFor('Ghost text', ghost, test, end - performance.now());
      await page.waitForTimeout(100);
      if ((await ghost()) === shown) return shown;
    }
  }

  /** A page inside the window that has the focus hands keys on, and may lose one while it loads: then the key is struck again, as a person would. */
  async function quickOpen(key: string, text: string): Promise<void> {
    const opened = async (timeout: number) => {
      await page.keyboard.press(key);
      await input.waitFor({ timeout });
    };
    const again = () => opened(30_000);
    await opened(4_000).catch(again);
    await input.fill(text);
  }

  async function command(title: string): Promise<void> {
    await quickOpen('F1', `>${title}`);
    await row(title).click();
    // The command's own quick input may take the palette's place.
    const asked = () => look<string | undefined>('asked');
    await waitFor('The end of the palette', asked, (text) => text?.startsWith('>') !== true, 5000);
  }

  async function save(): Promise<void> {
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  return {
    page,
    type: (text, delay = 0) => page.keyboard.type(text, { delay }),
    press: (key) => page.keyboard.press(key),
    ghost,
    waitForGhost: (test, timeoutMs = 15_000) => settledGhost(test, timeoutMs),
    startRecording: () => look('start'),
    stopRecording: () => look<ScreenRecord>('stop'),
    async open(file, line, column) {
      await quickOpen('Control+P', `${file}:${line}:${column}`);
      // Until the list follows what was typed, Enter would open the file that was open last.
      const chosen = page.locator('.quick-input-list .monaco-list-row.focused');
      await chosen.filter({ hasText: path.posix.basename(file) }).waitFor();
      await page.keyboard.press('Enter');
      await waitFor(
        'The cursor',
        () => look<string>('cursor'),
        // The status bar counts a tab as the columns that it takes.
        (cursor) => cursor.startsWith(`${line}:`),
        15_000,
      );
    },
    command,
    async answer(text) {
      await input.waitFor();
      await input.fill(text);
      await page.keyboard.press('Enter');
    },
    pick: (label) => row(label).click(),
    save,
    async setSettings(settings) {
      await command('Preferences: Open User Settings (JSON)');
      await page.locator('.tab.active', { hasText: 'settings.json' }).waitFor();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(JSON.stringify({ ...firstSettings, ...settings }));
      await save();
      await command('View: Close Editor');
      await page.locator('.tab', { hasText: 'settings.json' }).waitFor({ state: 'detached' });
    },
    cursor: () => look<string>('cursor'),
    statusTexts,
    async waitForStatus(words, timeoutMs = 180_000) {
      const has = (texts: readonly string[]) => texts.some((text) => words.test(text));
      const texts = await waitFor(`A status bar text ${words}`, statusTexts, has, timeoutMs);
      return texts.find((text) => words.test(text)) ?? '';
    },
    notifications: () => look<readonly ShownNotification[]>('notifications'),
    async waitInFrames(selector, words, timeoutMs = 20_000) {
      const read = async () => {
        // A frame may go while it is looked at.
        const look = (frame: Frame) => frame.locator(selector, { hasText: words }).allTextContents();
        const texts = await Promise.all(page.frames().map((frame) => look(frame).catch(() => [])));
        return texts.flat();
      };
      const texts = await waitFor(`"${words}" in ${selector}`, read, (found) => found.length > 0, timeoutMs);
      return texts[0] ?? '';
    },
    async screenshot(name) {
      await mkdir(screenshotFolder, { recursive: true });
      const file = path.join(screenshotFolder, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    close,
  };
}
