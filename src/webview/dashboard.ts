import type { DashboardView, Worth } from '../core/dashboard.ts';
import type { Bars } from './chart.ts';
import { type FromDashboardPage, parseToDashboardPage, ranges } from './dashboardMessages.ts';
import { createDashboardTables } from './dashboardTables.ts';
import { button, element, wordsOf } from './dom.ts';
import { createFigures } from './figures.ts';
import { createFormats } from './formats.ts';
import { listen, tell } from './host.ts';
import { meterTable } from './tables.ts';
import { mendTexts } from './themeTexts.ts';

const words = wordsOf(document.body);
const say = (message: FromDashboardPage): void => tell(message);
const formats = createFormats(document.documentElement.lang);
const { count, money, percent, time } = formats;
const figures = createFigures(words, formats);
const tables = createDashboardTables(words, formats);

let shown: DashboardView | undefined;

const rangeButtons = ranges.map((days) =>
  button(words('days', String(days)), { 'aria-pressed': 'false', class: 'range' }, () =>
    say({ kind: 'range', days }),
  ),
);
const content = element('main');
const said = element('div', { class: 'spoken', role: 'status' });
document.body.append(
  element(
    'header',
    {},
    element('div', {}, element('h1', {}, words('title')), element('p', { class: 'quiet' }, words('promise'))),
    element('div', { class: 'ranges', role: 'group', 'aria-label': words('range') }, ...rangeButtons),
  ),
  content,
  said,
  element(
    'footer',
    {},
    button(words('export'), {}, () => say({ kind: 'export' })),
    button(words('erase'), {}, () => say({ kind: 'erase' })),
  ),
);

/** The page is brought up to date while it is looked at: what is the same stays, and so does what was opened and has the focus. */
function refresh(view: DashboardView): void {
  if (JSON.stringify(view) === JSON.stringify(shown)) return;
  // Nobody wants to hear every change of a figure; another range is what they have asked for.
  const isAnother = shown === undefined || shown.days !== view.days || isNothing(shown) !== isNothing(view);
  const places = (): HTMLElement[] => [...content.querySelectorAll<HTMLElement>('[tabindex], summary')];
  const focused = places().findIndex((place) => place.matches(':focus'));
  show(view);
  places()[focused]?.focus();
  if (!isAnother) return;
  said.textContent = isNothing(view)
    ? words('nothing')
    : words('shownRange', String(view.days), count(view.total.accepted));
}

function isNothing({ total, hosts: list }: DashboardView): boolean {
  return total.shown === 0 && total.promptTokens === 0 && list.length === 0;
}

function show(view: DashboardView): void {
  shown = view;
  ranges.forEach((days, index) => {
    rangeButtons[index]?.setAttribute('aria-pressed', String(days === view.days));
  });
  const worth = view.total.shown === 0 ? [] : [suggestions(view), speed(view)];
  content.replaceChildren(
    ...(isNothing(view) ? [emptyState()] : [tiles(view), ...worth, cost(view), ...tables(view)]),
  );
  figures.draw();
}

function emptyState(): HTMLElement {
  return element(
    'section',
    { class: 'empty' },
    element('h2', {}, words('nothing')),
    element('p', { class: 'quiet' }, words('begin')),
  );
}

function tiles({ total, latency }: DashboardView): HTMLElement {
  const median = latency.toSorted((a, b) => b.shown - a.shown)[0];
  const entries: readonly (readonly [string, string, string])[] = [
    [
      words('accepted'),
      count(total.accepted),
      total.shown === 0 ? '' : words('ofShown', count(total.shown), percent(total.accepted, total.shown)),
    ],
    [
      words('kept'),
      total.checked === 0 ? '–' : percent(total.survived, total.checked),
      words(total.checked === 0 ? 'notChecked' : 'ofChecked', count(total.checked)),
    ],
    [words('saved'), count(Math.max(0, total.characters - total.accepted)), words('savedHow')],
    [
      words('speed'),
      median === undefined ? '–' : time(median.p50),
      median === undefined ? '' : words(median.name),
    ],
    [
      words('spent'),
      money(total.dollars),
      total.promptTokens === 0 ? '' : words('cachedShare', percent(total.cachedTokens, total.promptTokens)),
    ],
  ];
  return element(
    'dl',
    { class: 'tiles' },
    ...entries.map(([name, value, note]) =>
      element(
        'div',
        {},
        element('dt', {}, name),
        element('dd', {}, element('span', { class: 'figure' }, value)),
        element('dd', { class: 'quiet' }, note),
      ),
    ),
  );
}

function suggestions({ perDay }: DashboardView): HTMLElement {
  const series: readonly Bars[] = [
    { label: words('shown'), texture: 'outlined', values: perDay.map(({ shown }) => shown) },
    { label: words('accepted'), texture: 'hatched', values: perDay.map(({ accepted }) => accepted) },
    { label: words('keptShort'), texture: 'solid', values: perDay.map(({ survived }) => survived) },
  ];
  return figures.figure(words('perDay'), perDay, series, count);
}

function cost(view: DashboardView): HTMLElement {
  const { perDay } = view;
  const section = element('section', { class: 'pair' });
  if (view.total.promptTokens === 0) return section;
  const tokens: readonly Bars[] = [
    {
      label: words('written'),
      texture: 'outlined',
      values: perDay.map((of) => of.promptTokens + of.completionTokens),
    },
    { label: words('read'), texture: 'hatched', values: perDay.map(({ promptTokens }) => promptTokens) },
    { label: words('cached'), texture: 'solid', values: perDay.map(({ cachedTokens }) => cachedTokens) },
  ];
  const values = (of: Worth): readonly number[] => [of.completionTokens, of.promptTokens, of.cachedTokens];
  section.append(figures.figure(words('tokens'), perDay, tokens, count, values));
  if (view.total.dollars > 0) {
    const dollars: readonly Bars[] = [
      { label: words('money'), texture: 'solid', values: perDay.map((of) => of.dollars) },
    ];
    section.append(figures.figure(words('money'), perDay, dollars, money));
  }
  return section;
}

function speed({ latency }: DashboardView): HTMLElement {
  const headings = [words('backend'), words('half'), words('nine'), words('almostAll'), words('shown')];
  const rows = latency.map(({ name, shown, p50, p90, p99 }) => ({
    share: p50 / Math.max(...latency.map((of) => of.p50), 1),
    cells: [words(name), time(p50), time(p90), time(p99), count(shown)],
  }));
  return element(
    'section',
    {},
    element('h2', {}, words('latency')),
    meterTable(words('latency'), headings, rows),
  );
}

listen(parseToDashboardPage, ({ view }) => refresh(view));
// The pictures take their colours from the theme when they are drawn.
new MutationObserver(() => {
  mendTexts(document.body);
  if (shown !== undefined) show(shown);
}).observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
mendTexts(document.body);
say({ kind: 'ready' });
