import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyRow, latencyClass } from '../../src/core/stats.ts';
import { dayOf } from '../../src/core/statsRecorder.ts';
import { projectRoot } from '../support/run.ts';
import { type Desk, keepPicturesOfFailures, openDesk, place, setKey } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ 'foretype.backend': 'cloud' });
  await setKey(desk, 'sk-test-0123456789');
}, 300_000);
afterAll(() => desk?.close());
keepPicturesOfFailures(() => desk);

/** Every test begins with nothing open and the cloud asked, whatever the one before has left; each explains a place of its own. */
beforeEach(async () => {
  const { page } = desk.editor;
  desk.cloud.reset();
  await desk.editor.press('Escape');
  await leavePage();
  await desk.editor.command('View: Close All Editors');
  const unsaved = page.getByRole('button', { name: 'Don’t Save' }).or(page.getByText("Don't Save"));
  if (await unsaved.first().isVisible()) await unsaved.first().click();
  await page.locator('.tab').first().waitFor({ state: 'detached' });
  await copyFile(
    path.join(projectRoot, 'test/samples/shop', place.file),
    path.join(desk.workspace, place.file),
  );
  await switchTo('Cloud');
}, 120_000);

/** Takes the focus out of a panel's page, which does not always hand keys on to the window. */
async function leavePage(): Promise<void> {
  await desk.editor.page.locator('.part.statusbar').click({ position: { x: 400, y: 10 } });
}

async function switchTo(backend: string): Promise<void> {
  await desk.editor.command('Foretype: Switch Backend');
  await desk.editor.pick(backend);
}

const themes = { light: 'Light Modern', contrast: 'Dark High Contrast', dark: 'Dark Modern' };

const explanation = `Keeps suppliers by their id, so that others can find them.

1. Line 4 makes the empty map.
2. Lines 6-8 put a supplier into it.

\`\`\`ts
const found = suppliersById.get('s1'); // Supplier | undefined
\`\`\`

A second supplier with the same id takes the place of the first.
`;

/** The document inside of a panel that holds the words in its heading. */
async function pageWith(heading: string): Promise<Locator> {
  await desk.editor.waitInFrames('h1', heading);
  for (const frame of desk.editor.page.frames()) {
    const heads = await frame
      .locator('h1', { hasText: heading })
      .count()
      .catch(() => 0);
    if (heads > 0) return frame.locator('body');
  }
  throw new Error(`No page has the heading ${heading}.`);
}

/** Takes a picture in each theme. */
async function lookAt(name: string): Promise<void> {
  for (const [kind, theme] of Object.entries(themes)) {
    await desk.editor.command('Preferences: Color Theme');
    await desk.editor.answer(theme);
    await desk.editor.page.waitForTimeout(800);
    await desk.editor.screenshot(`${name}-${kind}`);
  }
}

/** Opens a file in the left group, where code is. */
async function openLeft(file: string, line: number): Promise<void> {
  await leavePage();
  await desk.editor.command('View: Focus Left Editor Group');
  await desk.editor.open(file, line, 1);
}

/** Selects whole lines and asks for an explanation. */
async function explain(file: string, first: number, last: number): Promise<Locator> {
  await openLeft(file, first);
  for (let line = first; line <= last; line++) await desk.editor.press('Shift+ArrowDown');
  await desk.editor.command('Foretype: Explain Selection');
  return pageWith('Explanation');
}

/** Waits for words of an answer; they are in the page once more for those who listen. */
function answered(page: Locator, words: string): Promise<void> {
  return page.locator('.answer', { hasText: words }).first().waitFor({ timeout: 60_000 });
}

const slow = { timeout: 240_000 };

test('an explanation can be watched, stopped half-way and made again', slow, async () => {
  desk.cloud.script({ text: explanation, tokensPerSecond: 8 });
  const page = await explain('src/suppliers.ts', 4, 8);
  await answered(page, 'so that others');
  await desk.editor.screenshot('explain-writing');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped', { exact: true }).waitFor();
  const half = await page.locator('.answer').innerText();
  expect(half).toContain('Keeps suppliers by their id');
  expect(half).not.toContain('takes the place');
  await desk.editor.screenshot('explain-stopped');

  desk.cloud.reset();
  desk.cloud.script({ text: explanation });
  await page.getByRole('button', { name: 'Regenerate' }).click();
  await answered(page, 'takes the place of the first');
  await page.getByText(/\d+ tokens read, \d+ written/).waitFor();
  expect(await page.locator('pre .hljs-keyword').first().innerText()).toBe('const');
  await leavePage();
  await lookAt('explain-done');
});

test('a follow-up carries what was said, and asking again is answered from what is kept', slow, async () => {
  desk.cloud.script({ text: explanation });
  const page = await explain('src/pricing.ts', 26, 29);
  await answered(page, 'takes the place of the first');
  desk.cloud.script({ text: 'The old one is **gone**.', tokensPerSecond: 20 });
  await page.getByRole('textbox').fill('What happens to the first supplier?');
  await page.getByRole('textbox').press('Enter');
  await answered(page, 'gone');
  await page.locator('article').nth(1).getByRole('button', { name: 'Copy' }).waitFor();
  await desk.editor.screenshot('explain-follow-up');
  const asked = JSON.stringify(desk.cloud.requests.at(-1)?.body);
  expect(asked).toContain('What happens to the first supplier?');
  expect(asked).toContain('takes the place of the first');

  const before = desk.cloud.requests.length;
  await answered(await explain('src/pricing.ts', 26, 29), 'gone');
  expect(desk.cloud.requests.length).toBe(before);
});

test(
  'lines that are named are found after edits, and the comment goes where the code is now',
  slow,
  async () => {
    desk.cloud.script({ text: explanation });
    const page = await explain('src/suppliers.ts', 6, 8);
    await answered(page, 'takes the place of the first');
    desk.cloud.script({ text: '' });
    await openLeft('src/suppliers.ts', 3);
    await desk.editor.press('Enter');
    await page.getByText('src/suppliers.ts, lines 7–9').waitFor();
    await page.getByRole('button', { name: 'Lines 7-9' }).click();
    await expect.poll(() => desk.editor.cursor(), { timeout: 20_000 }).toMatch(/^(7|9):/);
    await desk.editor.screenshot('explain-lines');

    const before = desk.cloud.requests.length;
    const again = await explain('src/suppliers.ts', 7, 9);
    await openLeft('src/suppliers.ts', 1);
    await again.getByRole('button', { name: 'Lines 7-9' }).click();
    await expect.poll(() => desk.editor.cursor(), { timeout: 20_000 }).toMatch(/^(7|9):/);
    expect(desk.cloud.requests.length).toBe(before);

    await page.getByRole('button', { name: 'Insert as Doc Comment' }).first().click();
    await desk.editor.page.locator('.view-line', { hasText: '* Keeps' }).waitFor({ timeout: 20_000 });
    await openLeft('src/suppliers.ts', 1);
    await desk.editor.save();
    expect(await desk.saved()).toContain(
      '/**\n * Keeps suppliers by their id, so that others can find them.\n */\nexport function addSupplier',
    );
  },
);

test('an explanation that fails half-way keeps what has come and can be tried again', slow, async () => {
  desk.cloud.script({ text: explanation, fault: { kind: 'cut', afterTokens: 12 } });
  await openLeft('src/cart.ts', 5);
  await desk.editor.command('Foretype: Explain Selection');
  const page = await pageWith('Explanation');
  await page.getByText('src/cart.ts, lines 4–39').waitFor();
  await page.getByRole('button', { name: 'Try Again' }).waitFor({ timeout: 60_000 });
  expect(await page.locator('.answer').innerText()).toContain('Keeps suppliers');
  await desk.editor.screenshot('explain-failed');
  desk.cloud.reset();
  desk.cloud.script({ text: explanation });
  await page.getByRole('button', { name: 'Try Again' }).click();
  await answered(page, 'takes the place of the first');
});

test('with the built-in backend, explaining says what is needed and offers the switch', slow, async () => {
  await switchTo('Built-in');
  await openLeft('src/orders.ts', 5);
  await desk.editor.command('Foretype: Explain Selection');
  const page = await pageWith('Explanation');
  await page.getByText('Explaining needs a language model').waitFor();
  await desk.editor.screenshot('explain-builtin');
  await page.getByRole('button', { name: 'Switch Backend' }).click();
  await desk.editor.pick('Cloud');
});

test('a picture in the Explorer is explained from its menu, and travels as a picture', slow, async () => {
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await writeFile(path.join(desk.workspace, 'pixel.png'), Buffer.from(pixel, 'base64'));
  desk.cloud.script({ text: 'A single **pixel**.' });
  const row = desk.editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'pixel.png' });
  await row.click({ button: 'right', timeout: 60_000 });
  const entry = desk.editor.page.getByRole('menuitem', { name: 'Explain Image' });
  await entry.waitFor();
  // A menu that has just opened takes no click, lest it take the one that opened it.
  await desk.editor.page.waitForTimeout(500);
  await entry.click();
  const page = await pageWith('Explanation');
  await answered(page, 'A single pixel');
  await desk.editor.screenshot('explain-image');
  expect(JSON.stringify(desk.cloud.requests.at(-1)?.body)).toContain(`data:image/png;base64,${pixel}`);
});

test('what cannot be explained says what to do instead', slow, async () => {
  const { editor } = desk;
  await writeFile(path.join(desk.workspace, 'src/empty.ts'), '');
  await writeFile(path.join(desk.workspace, 'src/huge.ts'), 'const a = 1;\n'.repeat(160_000));
  await writeFile(path.join(desk.workspace, 'broken.png'), 'version https://git-lfs.github.com/spec/v1\n');
  await writeFile(
    path.join(desk.workspace, 'program.bin'),
    Buffer.from('PK\u0003\u0004\0\0'.repeat(100), 'latin1'),
  );
  const said = async (words: string) => {
    await editor.command('Foretype: Explain Selection');
    const page = await pageWith('Explanation');
    await page.getByText(words).waitFor();
  };
  await said('No editor is open. Open a source file and select the code to explain.');
  await editor.screenshot('explain-nothing');
  await openLeft('src/empty.ts', 1);
  await said('There is no code here. Select some, or put the cursor into a function.');
  await openLeft('src/huge.ts', 1);
  await editor.press('Control+A');
  await said('This is too much to explain at once: select at most 48000 characters.');
  const show = (file: string) =>
    editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: file }).click();
  await show('program.bin');
  await said('This file is not text. Open a source file, or explain an image from the Explorer.');
  await show('broken.png');
  await said('This is no picture that a model can read: choose a PNG, JPEG, WebP or GIF file.');
  await writeFile(path.join(desk.workspace, 'large.png'), Buffer.alloc(15_000_000));
  await show('large.png');
  await said('This picture is too large: choose one of at most 14 MB.');
  expect(desk.cloud.requests.filter(({ body }) => JSON.stringify(body).includes('Explain this'))).toEqual([]);
});

test('the dashboard shows what there is at first, and a month of figures in three themes', slow, async () => {
  await desk.editor.command('Foretype: Show Dashboard');
  const page = await pageWith('Foretype Dashboard');
  await page.locator('.tiles, .empty').waitFor();
  await desk.editor.screenshot('dashboard-first');
  await writeMonth();
  await page.getByRole('button', { name: '90 days' }).click();
  await page.getByRole('button', { name: '30 days' }).click();
  await page.getByText('rust').waitFor();
  expect(await page.locator('canvas').count()).toBeGreaterThan(0);
  await leavePage();
  await lookAt('dashboard');
});

test('the walkthrough opens with its five steps and pictures', slow, async () => {
  const { page } = desk.editor;
  await desk.editor.command('View: Close Primary Side Bar');
  await desk.editor.command('Welcome: Open Walkthrough...');
  await desk.editor.pick('Start with Foretype');
  await page.locator('.getting-started-step').first().waitFor();
  expect(await page.locator('.getting-started-step').count()).toBe(5);
  await desk.editor.waitInFrames('svg', 'retry.ts');
  for (let step = 0; step < 5; step++) {
    await page.locator('.getting-started-step').nth(step).click();
    await page.waitForTimeout(800);
    await desk.editor.screenshot(`walkthrough-${step + 1}`);
  }
  await desk.editor.command('View: Show Explorer');
});

/** A month in the file of a window that was closed. */
async function writeMonth(): Promise<void> {
  const home = path.dirname(desk.workspace);
  const folders = await readdir(home, { recursive: true });
  // The extension's own folder comes with the first thing that it keeps.
  const storage = folders.find((name) => /User.globalStorage$/.test(name)) ?? 'no storage';
  const folder = path.join(home, storage, 'foretype.foretype', 'statistics');
  await mkdir(folder, { recursive: true });
  const rows = Array.from({ length: 30 }, (_, back) => {
    const row = emptyRow(dayOf(Date.now() - back * 86_400_000), back % 2 ? 'builtin' : 'cloud', 'rust');
    const shown = 20 + ((back * 13) % 30);
    const latency = row.latency.with(latencyClass(back % 2 ? 7 : 480), shown);
    return { ...row, shown, accepted: 12, characters: 340, checked: 12, survived: 10, latency };
  });
  await writeFile(path.join(folder, 'closed-window.stats.json'), JSON.stringify({ rows, hosts: [] }));
}
