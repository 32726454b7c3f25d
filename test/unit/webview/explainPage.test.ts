import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainWords } from '../../../src/editor/panels/explainView.ts';
import { english } from '../../../src/editor/words.ts';
import type { ExplainView } from '../../../src/webview/explainMessages.ts';
import { openBrowser, type Shown, show, type ThemeName, themeNames } from './browser.ts';
import { fiveMegabytes, hostileAnswers, hostileParagraphs } from './hostile.ts';
import { doneTurn, explainStates, explanation } from './samples.ts';

/** A browser on a busy machine takes its time. */
const patient = { timeout: 120_000 };

describe('the explain page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function opened(view: ExplainView, theme: ThemeName = 'dark'): Promise<Shown> {
    const shown = await show(browser, 'explain', explainWords(english), theme);
    await shown.tell({ kind: 'show', view });
    await shown.page.locator('article, .notice').first().waitFor();
    return shown;
  }

  for (const theme of themeNames) {
    test(`no state breaks a rule of WCAG A or AA in ${theme}`, patient, async () => {
      const broken: string[] = [];
      for (const [name, view] of Object.entries(explainStates)) {
        const shown = await opened(view, theme);
        broken.push(
          ...(await shown.violations()).map((violation) => `${name}: ${violation}`),
          ...shown.attempts,
        );
        await shown.page.close();
      }
      expect(broken).toEqual([]);
    });
  }

  const hostile = {
    ...hostileAnswers,
    ...hostileParagraphs(2),
    'five megabytes of Markdown': fiveMegabytes(),
  };
  test('hostile answers stay text: nothing runs, loads, navigates or can be clicked', patient, async () => {
    const shown = await opened(explanation(doneTurn));
    const before = await shown.sent();
    const texts = Object.entries(hostile).map(([name, text]) => ({ name, text: text.slice(0, 2_000_000) }));
    const foreign: string[] = [];
    for (const { name, text } of texts) {
      await shown.tell({ kind: 'show', view: explanation({ ...doneTurn, text }) });
      const found: string[] =
        await shown.page.evaluate(`new Promise((done) => requestAnimationFrame(() => done(
        [...document.querySelectorAll('.answer *')].filter((element) =>
          !/^(DIV|P|BR|HR|H[3-6]|UL|OL|LI|BLOCKQUOTE|STRONG|EM|DEL|PRE|CODE|SPAN|TABLE|THEAD|TBODY|TR|TH|TD|BUTTON)$/.test(element.tagName) ||
          [...element.attributes].some(({ name }) => !/^(class|start|tabindex|role|aria-label|type|title)$/.test(name)) ||
          (element.tagName === 'BUTTON' && !/^(line|copy)$/.test(element.className))
        ).slice(0, 3).map((element) => element.outerHTML.slice(0, 100)))))`);
      foreign.push(...found.map((html) => `${name}: ${html}`));
    }
    expect(foreign).toEqual([]);
    expect(shown.attempts).toEqual([]);
    expect(await shown.sent()).toEqual(before);
  });

  test('all of a long answer is there at once, though not all of it is rendered', async () => {
    const shown = await opened(explanation(doneTurn));
    await shown.tell({
      kind: 'show',
      view: explanation({ ...doneTurn, text: `${'_a__'.repeat(1900)}\n\n`.repeat(12).concat('the end') }),
    });
    const text = await shown.page.evaluate(
      `document.querySelector('.answer').textContent.includes('the end')`,
    );
    expect(text).toBe(true);
  });

  test('links and pictures become text with their address', async () => {
    const shown = await opened(
      explanation({ ...doneTurn, text: 'See [docs](https://a.test/x) and ![pic](https://a.test/y.png).' }),
    );
    expect(await shown.page.locator('.answer').innerText()).toBe(
      'See docs (https://a.test/x) and pic (https://a.test/y.png).',
    );
    expect(await shown.page.locator('.answer a, .answer img').count()).toBe(0);
  });

  test('lines that are named in a sentence show themselves when pressed', async () => {
    const shown = await opened(
      explanation({ ...doneTurn, text: 'See lines 14–22, not line 900, nor `line 3`.' }),
    );
    expect(await shown.page.locator('.answer button.line').allInnerTexts()).toEqual(['lines 14–22']);
    await shown.page.locator('.answer button.line').press('Enter');
    expect((await shown.sent()).at(-1)).toEqual({ kind: 'reveal', start: 14, end: 22 });
  });

  test('lines are named as they are numbered now, and still show themselves', async () => {
    const text = 'See lines 14–22, **line 30** and line 50.';
    const shown = await opened(explanation({ ...doneTurn, text }));
    const links = shown.page.locator('.answer button.line');
    await shown.tell({
      kind: 'moved',
      place: 'src/retry.ts, lines 15–34',
      runs: [
        { first: 1, last: 20, by: 1 },
        { first: 21, last: 40, by: 3 },
      ],
    });
    await expect.poll(() => links.allInnerTexts()).toEqual(['lines 15–25', 'line 33', 'line 50']);
    expect(await shown.page.locator('header button').innerText()).toBe('src/retry.ts, lines 15–34');
    await links.first().press('Enter');
    expect((await shown.sent()).at(-1)).toEqual({ kind: 'reveal', start: 14, end: 22 });
    await shown.tell({ kind: 'turn', index: 0, turn: { ...doneTurn, text: `${text} And line 10.` } });
    const grown = ['lines 15–25', 'line 33', 'line 50', 'line 11'];
    await expect.poll(() => links.allInnerTexts()).toEqual(grown);
  });

  test('a growing answer keeps what is rendered and says each sentence once', async () => {
    const shown = await opened(explanation({ ...doneTurn, text: '', state: 'thinking' }));
    const long = 'It begins. '.repeat(120);
    const texts = [
      `${long}\n\nThen it`,
      `${long}\n\nThen it goes on. And`,
      `${long}\n\nThen it goes on. And ends.`,
    ];
    await shown.tell({ kind: 'turn', index: 0, turn: { ...doneTurn, state: 'writing', text: texts[0] } });
    const first = await shown.page.locator('.answer > div').first().elementHandle();
    await shown.tell({ kind: 'turn', index: 0, turn: { ...doneTurn, state: 'writing', text: texts[1] } });
    await shown.tell({ kind: 'turn', index: 0, turn: { ...doneTurn, state: 'done', text: texts[2] } });
    const same = await shown.page.evaluate((node) => node === document.querySelector('.answer > div'), first);
    expect(same).toBe(true);
    // Those that were said longest ago are taken away.
    expect(await shown.page.locator('.spoken p').allTextContents()).toEqual([
      'Then it goes on.',
      'And ends.',
      'The answer is complete.',
    ]);
  });

  test('that an answer begins and that it was stopped is said', async () => {
    const shown = await opened(explanation({ ...doneTurn, text: '', state: 'thinking' }));
    await shown.tell({ kind: 'turn', index: 0, turn: { ...doneTurn, state: 'writing', text: 'It' } });
    await shown.tell({ kind: 'turn', index: 0, turn: { ...doneTurn, state: 'stopped', text: 'It' } });
    await expect
      .poll(() => shown.page.locator('.spoken p').allTextContents())
      .toEqual(['The model is writing.', 'It', 'The answer was stopped.']);
  });

  test('everything can be done by keyboard: stop, ask, copy, insert, regenerate', async () => {
    const shown = await opened(explanation({ ...doneTurn, text: 'So far', state: 'writing' }));
    await shown.page.keyboard.press('Escape');
    await shown.tell({ kind: 'turn', index: 0, turn: { ...doneTurn, state: 'stopped' } });
    await shown.page.getByRole('button', { name: 'Copy', exact: true }).press('Enter');
    await shown.page.getByRole('button', { name: 'Insert as Doc Comment' }).press('Enter');
    await shown.page.getByRole('button', { name: 'Regenerate' }).press('Enter');
    await shown.page.getByRole('textbox').fill('Why?');
    await shown.page.keyboard.press('Shift+Enter');
    await shown.page.keyboard.press('Enter');
    const kinds = (await shown.sent()).filter((message) => !/ready|theme/.test(JSON.stringify(message)));
    expect(kinds).toEqual([
      { kind: 'stop' },
      { kind: 'copy', index: 0 },
      { kind: 'insert', index: 0 },
      { kind: 'regenerate' },
      { kind: 'ask', text: 'Why?\n' },
    ]);
    expect(await shown.page.getByRole('textbox').inputValue()).toBe('');
  });

  test('the focus stays among the buttons when an answer ends', async () => {
    const shown = await opened(explanation({ ...doneTurn, state: 'writing' }));
    await shown.page.getByRole('button', { name: 'Stop' }).focus();
    await shown.tell({ kind: 'turn', index: 0, turn: doneTurn });
    expect(await shown.page.evaluate('document.activeElement.textContent')).toBe('Copy');
  });

  test('what has arrived is kept on failure, and can be tried again', async () => {
    const shown = await opened(
      explanation({ ...doneTurn, text: 'Half of it', state: 'failed', problem: 'The server failed.' }),
    );
    expect(await shown.page.locator('.answer').innerText()).toBe('Half of it');
    await shown.page.getByRole('button', { name: 'Try Again' }).press('Enter');
    expect((await shown.sent()).at(-1)).toEqual({ kind: 'regenerate' });
  });

  test('nothing moves for people who want less motion', async () => {
    const shown = await opened(explanation({ ...doneTurn, text: '', state: 'thinking' }));
    expect(await shown.page.evaluate('document.getAnimations().length')).toBe(0);
  });

  test('a message that the extension cannot have sent changes nothing', async () => {
    const shown = await opened(explanation(doneTurn));
    const before = await shown.page.locator('body').innerHTML();
    for (const message of [
      null,
      'show',
      { kind: 'show' },
      { kind: 'turn', index: 9, turn: doneTurn },
      { kind: 'colors', colors: { keyword: 'url(x)' } },
    ]) {
      await shown.tell(message);
    }
    expect(await shown.page.locator('body').innerHTML()).toBe(before);
    expect(shown.attempts).toEqual([]);
  });
});
