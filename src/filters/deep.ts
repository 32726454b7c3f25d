import { blockColumn } from './columns.ts';
import { isOnward, isUnfinished } from './continuation.ts';
import { isComment } from './english.ts';
import { isLabel, opensBlock } from './lineKinds.ts';
import { indentOf, isBlank } from './piece.ts';
import { columnOf, type Place } from './place.ts';

/** By how many columns an answer that begins at the margin begins deeper than any statement can stand there; 0 where it need not be wrong. */
export function tooDeep(line: string, place: Place): number {
  const column = columnOf(indentOf(line), place.tabWidth);
  const above = place.above.findLast((other) => !isBlank(other)) ?? '';
  const before = columnOf(indentOf(above), place.tabWidth);
  if (column === 0 || place.inside !== undefined || place.site.zone !== 'code') return 0;
  if (isOnward(line) || isLabel(line.trim(), place) || isComment(above.trimStart(), place.language)) return 0;
  if (place.language.offside) {
    const goesOn = place.enclosing.length > 0 || opensBlock(above, place) || isUnfinished(above, place);
    return above === '' || goesOn ? 0 : Math.max(0, column - before);
  }
  const within = blockColumn(place);
  if (within === undefined || !/[;{}]$/.test(above.trimEnd())) return 0;
  return before === within || /(?:[)\w]|=>) ?\{$/.test(above.trimEnd()) ? Math.max(0, column - within) : 0;
}
