/**
 * How long the explain page takes until all of a hostile answer is on the screen as text, and how large the pages are.
 * The baseline is the same browser showing the same text as plain text, in the same run.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { explainWords } from '../../src/editor/panels/explainView.ts';
import { english } from '../../src/editor/words.ts';
import { openBrowser, show } from '../unit/webview/browser.ts';
import { fiveMegabytes, hostileAnswers, hostileParagraphs } from '../unit/webview/hostile.ts';
import { doneTurn, explanation } from '../unit/webview/samples.ts';

const rounds = 3;

/** Milliseconds from the message's arrival to a layout with all of the text, and the same for bare text. */
const measure = `(text, view) => new Promise((done) => {
  window.addEventListener('message', () => {
    const start = performance.now();
    setTimeout(() => {
      document.body.getBoundingClientRect();
      const page = performance.now() - start;
      const bare = document.createElement('pre');
      const again = performance.now();
      bare.textContent = text.slice(0, 100000);
      document.body.append(bare);
      bare.getBoundingClientRect();
      done([page, performance.now() - again]);
      bare.remove();
    }, 0);
  }, { once: true, capture: true });
  window.postMessage({ kind: 'show', view });
})`;

const browser = await openBrowser();
const rows: { name: string; page: number; bare: number }[] = [];
const answers = {
  ...hostileAnswers,
  ...hostileParagraphs(20),
  'five megabytes of Markdown': fiveMegabytes(),
};
for (const [name, text] of Object.entries(answers)) {
  const times: { page: number; bare: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const shown = await show(browser, 'explain', explainWords(english), 'dark');
    const view = explanation({ ...doneTurn, text });
    const [page = 0, bare = 0]: number[] = await shown.page.evaluate(
      `(${measure})(${JSON.stringify(text)}, ${JSON.stringify(view)})`,
    );
    times.push({ page, bare });
    await shown.page.context().close();
  }
  const median = (of: 'page' | 'bare'): number => times.map((time) => time[of]).sort((a, b) => a - b)[1] ?? 0;
  rows.push({ name, page: median('page'), bare: median('bare') });
}
await browser.close();

console.log('until all of a hostile answer is shown, ms (median of 3)      page   bare text');
for (const { name, page, bare } of rows.toSorted((a, b) => b.page - a.page)) {
  console.log(`${name.padEnd(60)}${page.toFixed(0).padStart(6)}${bare.toFixed(0).padStart(12)}`);
}
for (const name of ['explain', 'dashboard']) {
  const { outputFiles } = await build({
    entryPoints: [new URL(`../../src/webview/${name}.ts`, import.meta.url).pathname],
    bundle: true,
    minify: true,
    format: 'iife',
    outdir: 'unwritten',
    write: false,
  });
  const css = readFileSync(new URL(`../../media/${name}.css`, import.meta.url)).length;
  const bytes = outputFiles.map(({ contents }) => contents.length).reduce((sum, length) => sum + length, css);
  const zipped = outputFiles
    .map(({ contents }) => gzipSync(contents).length)
    .reduce((sum, length) => sum + length, 0);
  console.log(`${name}: ${(bytes / 1000).toFixed(0)} kB, ${(zipped / 1000).toFixed(0)} kB zipped`);
}
