import type { Enclosing } from './place.ts';
import { closerOf } from './scan.ts';

/** A closer right of an opener's line, or at the start of a line below it, can be the opener's. */
function isWithin(closer: Closer, column: number): boolean {
  return closer.leading ? closer.column >= column : closer.column > column;
}

/** A bracket that closes something right of the caret or below it. */
export interface Closer {
  readonly bracket: string;
  /** It stands on the caret's line. */
  readonly beside: boolean;
  /** Nothing but closing brackets stands before it on its line. */
  readonly leading: boolean;
  readonly column: number;
}

/**
 * Which of the brackets open at the caret are closed by what follows. Indentation decides, as the answer may have to bring closing
 * brackets of its own: a closer left of the opener's line closes something farther out.
 */
export function matchClosers(
  open: readonly Enclosing[],
  closers: readonly Closer[],
): { enclosing: Enclosing[]; awaited: number[] } {
  const enclosing = [...open];
  const awaited: number[] = [];
  let last = enclosing.length - 1;
  let next = 0;
  for (; closers[next]?.beside === true; next++) {
    const entry = enclosing[last];
    if (entry === undefined || closers[next]?.bracket !== closerOf(entry.bracket)) break;
    enclosing[last] = { ...entry, closed: 'beside' };
    last--;
  }
  // Of brackets opened one in another, the lines below close the outer ones, where they do not close all.
  const nested = last - enclosing.findLastIndex((entry, index) => index <= last && entry.bracket === '{');
  const braces = closers.findIndex((closer, index) => index >= next && closer.bracket === '}');
  const closed = (braces < 0 ? closers.length : braces) - next;
  if (enclosing[last]?.onLine === true && closed > 0 && closed < nested) last -= nested - closed;
  while (last >= 0) {
    const column = enclosing[last]?.column ?? 0;
    let first = last;
    while (first > 0 && enclosing[first - 1]?.column === column) first--;
    const here: Closer[] = [];
    for (
      let closer = closers[next];
      closer !== undefined && isWithin(closer, column);
      closer = closers[next]
    ) {
      // A leading brace right of every open one closes a block that the answer opens.
      if (closer.bracket === '}' && closer.leading && closer.column > column) awaited.push(closer.column);
      else here.push(closer);
      next++;
    }
    // Where there are fewer closers than brackets of that column, the inner ones are those that the answer closes.
    let at = first;
    for (let i = here.length - 1; i >= 0; i--) {
      for (let entry = enclosing[at]; at <= last && entry !== undefined; entry = enclosing[at]) {
        at++;
        if (closerOf(entry.bracket) !== here[i]?.bracket) continue;
        enclosing[at - 1] = { ...entry, closed: 'below' };
        break;
      }
    }
    last = first - 1;
  }
  return { enclosing, awaited };
}

/** Where the file goes on below the window, the outermost braces are taken to be closed there. */
export function closedBeyond(enclosing: readonly Enclosing[]): Enclosing[] {
  const first = enclosing.findIndex((entry) => entry.closed !== undefined);
  return enclosing.map((entry, index) =>
    index < first && entry.bracket === '{' && !entry.onLine ? { ...entry, closed: 'below' } : entry,
  );
}
