import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, keepPicturesOfFailures, openDesk, setKey } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ 'foretype.backend': 'cloud' });
  await setKey(desk, 'sk-test-0123456789');
});
afterAll(() => desk?.close());
keepPicturesOfFailures(() => desk);

/** Themes that come with the editor: the usual ones, those of high contrast, and some that are pale or loud. */
const themes = [
  ...['Light Modern', 'Dark Modern', 'Light High Contrast', 'Dark High Contrast'],
  ...['Quiet Light', 'Solarized Light', 'Solarized Dark', 'Monokai', 'Abyss', 'Red', 'Kimbie Dark'],
];

const answer = `Keeps suppliers by \`id\`. See line 4 and [the manual](https://x.test).

> Quoted.

\`\`\`ts
const found = suppliersById.get('s1'); // one of them
\`\`\`

| a | b |
|---|---|
| 1 | 2 |
`;

/** The page inside of a panel, by a word of its heading. */
async function frameWith(heading: string): Promise<Frame> {
  await desk.editor.waitInFrames('h1', heading);
  for (const frame of desk.editor.page.frames()) {
    if ((await frame.locator('h1', { hasText: heading }).count()) > 0) return frame;
  }
  throw new Error(`No page has the heading ${heading}.`);
}

/** What axe-core finds at levels A and AA, in the colours that the page has now. */
async function violations(frame: Frame): Promise<readonly string[]> {
  const found: { id: string; nodes: { html: string; any: { message: string }[] }[] }[] = await frame.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 100)} ${any[0]?.message ?? ''}`),
  );
}

test('axe-core finds nothing in the panel and the dashboard in any theme', { timeout: 400_000 }, async () => {
  await desk.tidy();
  desk.cloud.script({ text: answer });
  await desk.editor.open('src/suppliers.ts', 6, 1);
  await desk.editor.command('Foretype: Explain Selection');
  const panel = await frameWith('Explanation');
  await panel.getByRole('button', { name: 'Regenerate' }).waitFor();
  await desk.editor.command('Foretype: Show Dashboard');
  const dashboard = await frameWith('Foretype Dashboard');
  await dashboard.locator('.tiles').waitFor();
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const frame of [panel, dashboard]) await frame.evaluate(axe);
  const broken: string[] = [];
  for (const theme of themes) {
    await desk.editor.page.locator('.part.statusbar').click({ position: { x: 400, y: 10 } });
    await desk.editor.command('Preferences: Color Theme');
    await desk.editor.answer(theme);
    await desk.editor.page.waitForTimeout(1_000);
    for (const frame of [panel, dashboard]) {
      broken.push(...(await violations(frame)).map((what) => `${theme}: ${what}`));
    }
    await desk.editor.screenshot(`contrast-${theme}`);
  }
  expect(broken).toEqual([]);
});
