import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DashboardView } from '../../../src/core/dashboard.ts';
import { dashboardWords } from '../../../src/editor/panels/dashboardWords.ts';
import { english } from '../../../src/editor/words.ts';
import { openBrowser, type Shown, show, type ThemeName, themeNames } from './browser.ts';
import { dashboards } from './samples.ts';

/** A browser on a busy machine takes its time. */
const patient = { timeout: 120_000 };

describe('the dashboard in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function opened(view: DashboardView, theme: ThemeName = 'dark'): Promise<Shown> {
    const shown = await show(browser, 'dashboard', dashboardWords(english), theme, {
      width: 1000,
      height: 900,
    });
    await shown.tell({ kind: 'show', view });
    await shown.page.locator('main > *').first().waitFor();
    return shown;
  }

  for (const theme of themeNames) {
    test(`a month of figures and none break no rule of WCAG A or AA in ${theme}`, patient, async () => {
      const broken: string[] = [];
      for (const view of Object.values(dashboards)) {
        const shown = await opened(view, theme);
        await shown.page.evaluate(
          `for (const details of document.querySelectorAll('details')) details.open = true`,
        );
        broken.push(...(await shown.violations()), ...shown.attempts);
        await shown.page.close();
      }
      expect(broken).toEqual([]);
    });
  }

  test('each chart has its figures in a table beside it', async () => {
    const { page } = await opened(dashboards.month);
    const figures = page.locator('figure');
    expect(await figures.count()).toBe(3);
    for (let at = 0; at < 3; at++) {
      expect(await figures.nth(at).locator('canvas').count()).toBe(1);
      expect(await figures.nth(at).locator('tbody tr').count()).toBe(30);
    }
  });

  test('every figure of the month is the sum of its days', async () => {
    const { page } = await opened(dashboards.month);
    const cells = await page.locator('figure').first().locator('tbody td:nth-child(3)').allTextContents();
    const sum = cells.reduce((total, cell) => total + Number(cell), 0);
    expect(await page.locator('.tiles .figure').first().textContent()).toBe(sum.toLocaleString('en'));
  });

  test('what was opened and has the focus stays so while the figures change', async () => {
    const shown = await opened(dashboards.month);
    const summary = shown.page.locator('summary').nth(1);
    await summary.press('Enter');
    const { total } = dashboards.month;
    const more = { ...dashboards.month, total: { ...total, accepted: total.accepted + 1 } };
    await shown.tell({ kind: 'show', view: more });
    await shown.page
      .getByText((total.accepted + 1).toLocaleString('en'))
      .first()
      .waitFor();
    expect(await shown.page.locator('details[open]').count()).toBe(1);
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await shown.page.locator('.spoken').textContent()).toContain(total.accepted.toLocaleString('en'));
  });

  test('without any figures it says what to do', async () => {
    const { page } = await opened(dashboards.nothing);
    expect(await page.locator('main').innerText()).toContain('Type in a source file');
    expect(await page.locator('canvas').count()).toBe(0);
  });

  test('range, export and erase can be reached by keyboard', async () => {
    const shown = await opened(dashboards.month);
    await shown.page.getByRole('button', { name: '7 days' }).press('Enter');
    await shown.page.getByRole('button', { name: 'Export as JSON' }).press('Enter');
    await shown.page.getByRole('button', { name: 'Erase…' }).press('Enter');
    expect((await shown.sent()).slice(1)).toEqual([
      { kind: 'range', days: 7 },
      { kind: 'export' },
      { kind: 'erase' },
    ]);
    expect(await shown.page.getByRole('button', { name: '30 days' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
  });

  test('a month is drawn anew in the colours of a new theme', async () => {
    const { page } = await opened(dashboards.month);
    const before = await page
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await page.evaluate(
      `document.documentElement.style.setProperty('--vscode-charts-blue', '#ff0000'); document.body.className = 'vscode-light'`,
    );
    await page.waitForFunction((old) => document.querySelector('canvas')?.toDataURL() !== old, before);
  });

  test('names from elsewhere stay text', async () => {
    const [first] = dashboards.month.hosts;
    const host = {
      ...first,
      day: '',
      host: '<img src=x onerror=alert(1)>',
      requests: 1,
      sentBytes: 1,
      receivedBytes: 1,
    };
    const shown = await opened({ ...dashboards.month, hosts: [host] });
    expect(await shown.page.locator('section').last().innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await shown.page.locator('img').count()).toBe(0);
    expect(shown.attempts).toEqual([]);
  });
});
