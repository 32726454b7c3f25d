import { element } from './dom.ts';

/** A row with the share of its bar, 0 to 1. */
export interface MeterRow {
  readonly share: number;
  readonly cells: readonly string[];
}

/** A table whose first column names the rows. Wide ones scroll by keyboard too. */
export function table(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  return framed(
    title,
    headings,
    rows.map((cells) => cellsOf(cells)),
  );
}

/** The same with a bar behind the first figure of each row, which adds nothing that the figure does not say. */
export function meterTable(
  title: string,
  headings: readonly string[],
  rows: readonly MeterRow[],
): HTMLElement {
  return framed(
    title,
    headings,
    rows.map(({ share, cells }) => {
      const made = cellsOf(cells);
      const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
      bar.style.width = `${Math.round(Math.min(1, Math.max(0.01, share)) * 100)}%`;
      made[0]?.append(bar);
      return made;
    }),
  );
}

function cellsOf([first = '', ...rest]: readonly string[]): HTMLElement[] {
  return [element('th', { scope: 'row' }, first), ...rest.map((cell) => element('td', {}, cell))];
}

function framed(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly HTMLElement[])[],
): HTMLElement {
  const head = element('tr', {}, ...headings.map((heading) => element('th', { scope: 'col' }, heading)));
  const body = rows.map((cells) => element('tr', {}, ...cells));
  return element(
    'div',
    { class: 'table', tabindex: '0', role: 'region', 'aria-label': title },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)),
  );
}
