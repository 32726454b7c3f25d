import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { pageOf } from '../../../src/editor/panels/page.ts';
import { findChromium } from '../../support/chromium.ts';
import themes from './themes.json' with { type: 'json' };

/** The colour themes that pages are looked at in: VS Code's own, with the values of their variables. */
export type ThemeName = keyof typeof themes;
export const themeNames: readonly ThemeName[] = ['dark', 'light', 'hc-black', 'hc-light'];

const root = new URL('../../../', import.meta.url);
const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const bundles = new Map<string, string>();

/** Starts a browser without a window. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
}

/** A page of the extension in a plain browser. */
export interface Shown {
  readonly page: Page;
  /** The messages that the page has sent. */
  sent(): Promise<readonly unknown[]>;
  /** Sends a message as the extension would. */
  tell(message: unknown): Promise<void>;
  /** What the page tried to load or do that it may not; empty for a well-behaved page. */
  readonly attempts: readonly string[];
  /** The rules of WCAG 2 A and AA that the page breaks, with what breaks them. */
  violations(): Promise<readonly string[]>;
}

/** Opens a panel's page: the HTML, script, style and policy that the extension uses, the theme's variables as VS Code sets them. */
export async function show(
  browser: Browser,
  name: 'explain' | 'dashboard',
  words: Readonly<Record<string, string>>,
  theme: ThemeName,
  size: { readonly width: number; readonly height: number } = { width: 720, height: 900 },
): Promise<Shown> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const attempts: string[] = [];
  const origin = 'http://panel.test';
  const html = pageOf({
    nonce: 'testnonce',
    cspSource: origin,
    script: `${origin}/${name}.js`,
    styles: [`${origin}/bundle.css`, `${origin}/panel.css`, `${origin}/${name}.css`],
    title: name,
    language: 'en',
    words,
  });
  const { cls, vars } = themes[theme];
  const style = Object.entries(vars).map(([key, value]) => `${key}: ${value}`);
  await page.addInitScript(`
    const sent = [];
    Object.assign(window, { sent, acquireVsCodeApi: () => ({ postMessage: (message) => sent.push(message) }) });
    document.addEventListener('DOMContentLoaded', () => document.body.className = ${JSON.stringify(cls)});
    new MutationObserver((_, observer) => {
      if (document.documentElement === null) return;
      document.documentElement.style.cssText = ${JSON.stringify(style.join('; '))};
      observer.disconnect();
    }).observe(document, { childList: true });
  `);
  const files: Record<string, () => Promise<string> | string> = {
    '/': () => html,
    [`/${name}.js`]: () => bundle(name, '.js'),
    '/bundle.css': () => bundle(name, '.css'),
    '/panel.css': () => readFileSync(new URL('media/panel.css', root), 'utf8'),
    [`/${name}.css`]: () => readFileSync(new URL(`media/${name}.css`, root), 'utf8'),
  };
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === origin ? files[url.pathname] : undefined;
    if (file === undefined) {
      attempts.push(`request: ${url.href}`);
      await route.abort();
      return;
    }
    const contentType = url.pathname.endsWith('.js')
      ? 'text/javascript'
      : url.pathname.endsWith('.css')
        ? 'text/css'
        : 'text/html';
    await route.fulfill({ body: await file(), contentType });
  });
  page.on('dialog', (dialog) => {
    attempts.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => attempts.push('popup'));
  page.on('framenavigated', (frame) => {
    if (frame.url() !== `${origin}/`) attempts.push(`navigation: ${frame.url()}`);
  });
  page.on('pageerror', (error) => attempts.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') attempts.push(`console: ${message.text()}`);
  });
  await page.goto(`${origin}/`);
  return {
    page,
    attempts,
    sent: () => page.evaluate('sent'),
    tell: (message) => page.evaluate(`window.postMessage(${JSON.stringify(message)})`),
    violations: async () => {
      await page.evaluate(axe);
      const found: { id: string; help: string; nodes: { html: string; any: { message: string }[] }[] }[] =
        await page.evaluate(
          `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations)`,
        );
      return found.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html} ${node.any[0]?.message ?? ''}`),
      );
    },
  };
}

async function bundle(name: string, ending: '.js' | '.css'): Promise<string> {
  const ready = bundles.get(name + ending);
  if (ready !== undefined) return ready;
  const { outputFiles } = await build({
    entryPoints: [new URL(`src/webview/${name}.ts`, root).pathname],
    bundle: true,
    minify: true,
    format: 'iife',
    outdir: 'unwritten',
    write: false,
  });
  const text = outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  bundles.set(name + ending, text);
  return text;
}
