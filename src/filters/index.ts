import type { Answer, Refine, Verdict } from '../core/answer.ts';
import type { SilentReason } from '../core/outcome.ts';
import type { Site } from '../core/site.ts';
import { brackets } from './brackets.ts';
import { characters } from './characters.ts';
import { confidentPart, guessedPart } from './confidence.ts';
import { encoded } from './encoded.ts';
import { escapes } from './escapes.ts';
import { fences } from './fences.ts';
import { indentation } from './indentation.ts';
import { atMost } from './length.ts';
import { lineEnds } from './lineEnds.ts';
import { marks } from './marks.ts';
import { newLine } from './newLine.ts';
import { onceAPlace } from './once.ts';
import { standingOf } from './outdent.ts';
import { type Filter, isBlank, type Piece } from './piece.ts';
import { type Place, placeOf } from './place.ts';
import { placeholders } from './placeholders.ts';
import { proseAfter } from './proseAfter.ts';
import { proseBefore } from './proseBefore.ts';
import { rehearse } from './rehearsal.ts';
import { repeatedPrefix } from './repeatedPrefix.ts';
import { repeatedSuffix } from './repeatedSuffix.ts';
import { repetition } from './repetition.ts';
import { restOfLine } from './restOfLine.ts';
import { roles } from './roles.ts';
import { said } from './said.ts';
import { scope } from './scope.ts';
import { type ErrorsAdded, withoutErrors } from './syntax.ts';
import { tags } from './tags.ts';
import { think } from './think.ts';
import { trailing } from './trailing.ts';
import { typography } from './typography.ts';

/** What the filters need besides the answer and its place. */
export interface RefineOptions {
  /** Most lines of a suggestion. */
  readonly maxLines: number;
  /** Asked once the answer is whole; without it syntax is not looked at. */
  readonly errorsAdded?: ErrorsAdded;
}

/** An answer is read on to so many times the lines of one suggestion: what is left serves the next one. */
const furtherTimes = 2;

/** What models wrap around code: taken off first, from the outside in. */
const wrapping: readonly Filter[] = [
  characters,
  think,
  tags,
  roles,
  said,
  proseBefore,
  fences,
  tags,
  encoded,
  typography,
  escapes,
  marks,
  fences,
];

/** Then what is no part of the code, or repeated, or does not belong to this place; in this order. */
function fitting(maxLines: number): readonly Filter[] {
  return [
    proseAfter,
    placeholders,
    repeatedPrefix,
    repetition,
    newLine,
    indentation,
    lineEnds,
    repeatedSuffix,
    scope,
    brackets,
    atMost(maxLines),
    restOfLine,
    trailing,
  ];
}

/**
 * Makes the function that says what may be shown of an answer so far. While the answer streams, what it says only grows; the verdict on
 * the whole answer may go back behind that only where syntax demands it. The first one made takes some 30 ms, for a rehearsal.
 */
export function createRefine(options: RefineOptions): Refine {
  const first = fitting(options.maxLines);
  const on = fitting(options.maxLines * furtherTimes);
  const filters: Refine = (answer, site, reach = 'first') =>
    reach === 'first'
      ? refine(answer, confidentPart, site, first, placeOf(site), options.errorsAdded)
      : refine(
          answer,
          reach === 'on' ? confidentPart : guessedPart,
          site,
          on,
          goingOn(placeOf(site)),
          options.errorsAdded,
        );
  rehearse((answer, site) => refine(answer, confidentPart, site, first, placeOf(site)));
  return filters;
}

/** The place of an answer that is read on past the statement that it ends. */
const goingOn = onceAPlace((place): Place => ({ ...place, goesOn: true }));

function refine(
  answer: Answer,
  partOf: typeof confidentPart,
  site: Site,
  fitted: readonly Filter[],
  place: Place,
  errorsAdded?: ErrorsAdded,
): Verdict {
  const confident = partOf(answer, codeStart(answer, place));
  let piece: Piece = { text: confident.text, closed: answer.ended || confident.cut };
  let reason: SilentReason = isBlank(answer.text) ? 'nothing-answered' : 'not-confident';
  const pass = (filters: readonly Filter[], at: Place): void => {
    for (const filter of filters) {
      const before = piece;
      piece = filter.apply(before, at);
      if (isBlank(piece.text) && !isBlank(before.text)) reason = filter.reason;
    }
  };
  pass(wrapping, place);
  const { place: standing, outdent } = standingOf(piece, place);
  if (outdent > 0) piece = { ...piece, text: piece.text.trimStart() };
  pass(fitted, standing);
  if (piece.closed && errorsAdded !== undefined && !isBlank(piece.text)) {
    piece = withoutErrors(piece, site, errorsAdded);
    if (isBlank(piece.text)) reason = 'breaks-syntax';
  }
  if (piece.closed && isBlank(piece.text)) return { kind: 'drop', reason };
  const text = place.eol === '\n' ? piece.text : piece.text.replaceAll('\n', place.eol);
  const { replace = 0 } = piece;
  const fit = { text, replace, ...(outdent > 0 && { outdent }) };
  if (!piece.closed) return { kind: 'keep', ...fit };
  const doubtful = confident.cut && confident.text.trimEnd().endsWith(lastLine(piece.text));
  return { kind: 'finish', ...fit, ...(doubtful && { doubtful }) };
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trimStart() ?? '';
}

/** Where the code begins in an answer with token log-probabilities: how sure a model is of its wrapping says nothing about the code. */
function codeStart(answer: Answer, place: Place): number {
  if (answer.tokens.length === 0) return 0;
  let piece: Piece = { text: answer.text, closed: answer.ended };
  for (const filter of wrapping) piece = filter.apply(piece, place);
  const first = piece.text.trimStart().split('\n')[0] ?? '';
  const start = answer.text.indexOf(first);
  return first === '' ? answer.text.length : Math.max(0, start);
}
