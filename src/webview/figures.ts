import type { Worth } from '../core/dashboard.ts';
import { type Bars, drawChart } from './chart.ts';
import { element } from './dom.ts';
import type { Formats } from './formats.ts';
import { table } from './tables.ts';

/** Charts over days, each with the same figures as a table. */
export interface Figures {
  /** A chart with its legend and its table; `values` says what the table holds where bars are stacked. */
  figure(
    title: string,
    perDay: readonly Worth[],
    series: readonly Bars[],
    format: (value: number) => string,
    values?: (of: Worth) => readonly number[],
  ): HTMLElement;
  /** Draws the figures made since the last time, which are in the page now, and ends those drawn before. */
  draw(): void;
}

/** Figures in the words and formats of a page; a table that was opened stays open when its figure is made anew. */
export function createFigures(words: (name: string) => string, { count, day }: Formats): Figures {
  /** Charts measure the page, so they are drawn when they are in it. */
  let waiting: (() => () => void)[] = [];
  let drawn: (() => void)[] = [];
  const opened = new Set<string>();

  function tableBelow(title: string, shown: HTMLElement): HTMLElement {
    const summary = element('summary', {}, words('asTable'));
    const details = element('details', { open: opened.has(title) ? '' : undefined }, summary, shown);
    details.addEventListener('toggle', () => {
      if (details.open) opened.add(title);
      else opened.delete(title);
    });
    return details;
  }

  return {
    figure: (title, perDay, series, format, values) => {
      const plot = element('div', { class: 'plot' });
      const rowOf = (index: number): readonly string[] => {
        const of = perDay[index];
        if (of === undefined) return [];
        return (values?.(of) ?? series.map((bars) => bars.values[index] ?? 0)).map(format);
      };
      const describe = (index: number): string => {
        const parts = rowOf(index).map((value, at) => `${series[at]?.label ?? ''} ${value}`);
        return `${day(perDay[index]?.name ?? '')}: ${parts.join(' · ')}`;
      };
      const days = perDay.map(({ name }) => name);
      const chart = { days, series, whole: format === count, format, describe };
      waiting.push(() => drawChart(plot, chart, document.documentElement.lang));
      const rows = perDay.map((of, index) => [day(of.name), ...rowOf(index)]).toReversed();
      const headings = [words('day'), ...series.map(({ label }) => label)];
      return element(
        'figure',
        {},
        element('figcaption', {}, element('h2', {}, title), legend(series)),
        plot,
        tableBelow(title, table(title, headings, rows)),
      );
    },
    draw: () => {
      for (const end of drawn) end();
      drawn = waiting.map((draw) => draw());
      waiting = [];
    },
  };
}

function legend(series: readonly Bars[]): HTMLElement {
  const entries = series.map(({ label, texture }) =>
    element('li', {}, element('span', { class: `swatch ${texture}`, 'aria-hidden': 'true' }), label),
  );
  return element('ul', { class: 'legend' }, ...(series.length > 1 ? entries : []));
}
