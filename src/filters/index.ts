import type { Answer, Refine, Verdict } from '../core/answer.ts';
import type { SilentReason } from '../core/outcome.ts';
import type { Site } from '../core/site.ts';
import { brackets } from './brackets.ts';
import { characters } from './characters.ts';
import { fences } from './fences.ts';
import { indentation } from './indentation.ts';
import { atMost } from './length.ts';
import { newLine } from './newLine.ts';
import { type Filter, isBlank, type Piece } from './piece.ts';
import { type Place, placeOf } from './place.ts';
import { proseAfter, proseBefore } from './prose.ts';
import { repeatedPrefix } from './repeatedPrefix.ts';
import { repeatedSuffix } from './repeatedSuffix.ts';
import { repetition } from './repetition.ts';
import { restOfLine } from './restOfLine.ts';
import { scope } from './scope.ts';
import { tags } from './tags.ts';
import { think } from './think.ts';
import { trailing } from './trailing.ts';

/** What the filters need from other parts. */
export interface RefineOptions {
  /** Most lines of a suggestion. */
  readonly maxLines: number;
}

/** The filters in their order: wrapping first, then what is repeated, then how much of it belongs here. */
  return filtersOf(options);
}
function filtersOf(options: RefineOptions): readonly Filter[] {
  return [
    characters,
    think,
    tags,
    proseBefore,
    fences,
    tags,
    proseAfter,
    repeatedPrefix,
    repetition,
    newLine,
    indentation,
    repeatedSuffix,
    scope,
    brackets,
    restOfLine,
    atMost(options.maxLines),
    trailing,
  ];
}

/** Makes the function that says what may be shown of an answer so far. */
export function createRefine(options: RefineOptions): Refine {
  const filters = filtersOf(options);
  return (answer, site) => refine(answer, site, filters);
}

function refine(answer: Answer, site: Site, filters: readonly Filter[]): Verdict {
  const place = placeOf(site);
  let piece: Piece = { text: answer.text, closed: answer.ended };
  let reason: SilentReason = 'nothing-answered';
  for (const filter of filters) {
    const before = piece;
    piece = filter.apply(before, place);
    if (isBlank(piece.text) && !isBlank(before.text)) reason = filter.reason;
  }
  if (piece.closed && isBlank(piece.text)) return { kind: 'drop', reason };
  const text = inDocumentsLines(piece.text, place);
  return { kind: piece.closed ? 'finish' : 'keep', text, replace: piece.replace ?? 0 };
}

function inDocumentsLines(text: string, place: Place): string {
  return place.eol === '\n' ? text : text.replaceAll('\n', place.eol);
}
