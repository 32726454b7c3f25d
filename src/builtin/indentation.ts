/** How far lines are indented, carried along while a file is read. Columns: a tab counts as one unit. */
export interface Indentation {
  /** Columns of one level; 0 while unknown. */
  unit: number;
  tabs: boolean;
  /** Columns of the last line that was not blank. */
  columns: number;
}

/** One level of indentation in files that use tabs; any number would do, as tabs are counted in it both ways. */
const tabColumns = 4;

/** Nothing known yet but what other files of the language do. */
export function freshIndentation(unit = 0, tabs = false): Indentation {
  return { unit, tabs, columns: 0 };
}

/**
 * Reads the white space of a line's start, learns the unit from it, and names the step from the line before:
 * `=` as before, `>n` and `<n` levels, `^` back to the margin over several levels, `~n` odd columns.
 */
export function stepTo(indentation: Indentation, text: string, start: number, end: number): string {
  let columns = 0;
  let tabs = false;
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) === 9) {
      columns += tabColumns;
      tabs = true;
    } else columns++;
  }
  const delta = columns - indentation.columns;
  if (tabs) {
    indentation.unit = tabColumns;
    indentation.tabs = true;
  } else if (
    delta > 0 &&
    (!sure(indentation) || indentation.tabs) &&
    (delta === 2 || delta === 4 || delta === 8)
  ) {
    indentation.unit = delta;
    indentation.tabs = false;
  }
  indentation.columns = columns;
  return stepName(delta, columns, indentation.unit);
}

function sure(indentation: Indentation): boolean {
  return indentation.unit > 0;
}

function stepName(delta: number, columns: number, unit: number): string {
  if (delta === 0) return '=';
  if (unit > 0 && delta % unit === 0) {
    const levels = delta / unit;
    if (levels > 0) return `>${levels}`;
    return columns === 0 && levels < -1 ? '^' : `<${-levels}`;
  }
  return columns === 0 ? '^' : `~${delta}`;
}

/** The white space that a step leads to, and the columns it stands at; undefined where the step leaves the margin. */
export function indentAfter(
  step: string,
  indentation: Indentation,
): { text: string; columns: number } | undefined {
  const amount = Number(step.slice(1)) || 0;
  const unit = indentation.unit > 0 ? indentation.unit : 4;
  const columns =
    step[0] === '^'
      ? 0
      : indentation.columns + (step[0] === '>' ? amount * unit : step[0] === '<' ? -amount * unit : amount);
  if (columns < 0) return undefined;
  if (!indentation.tabs) return { text: ' '.repeat(columns), columns };
  return { text: '\t'.repeat(Math.floor(columns / tabColumns)) + ' '.repeat(columns % tabColumns), columns };
}
