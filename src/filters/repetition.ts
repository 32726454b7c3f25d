import { type Filter, linesOf, type Piece } from './piece.ts';
import type { Place } from './place.ts';

/** Most lines, and most words and signs, of a stretch that repeats itself. */
const longestLines = 6;
const longestPhrase = 16;

/** So often in all must a stretch of lines come, or a phrase; elements of a list may be alike more often. */
const timesLines = 3;
const timesPhrase = 4;
const timesElement = 9;

/** Ends the answer where a line, a few lines or a phrase begin to come again and again; the first time stays. */
export const repetition: Filter = {
  name: 'repetition',
  reason: 'only-repeats',
  apply(piece, place) {
    return withoutPhrases(withoutLines(piece, place), place);
  },
};

type Finding = 'repeats' | 'undecided' | 'no';

function withoutLines(piece: Piece, place: Place): Piece {
  const { lines, open } = linesOf(piece);
  const all = (open === undefined ? lines : [...lines, open]).map((line, index) =>
    // The caret's line counts as a whole: a model repeats it from its first word.
    (index === 0 ? place.linePrefix + line : line).trimEnd(),
  );
  for (let at = 0; at < all.length - 1; at++) {
    for (let period = 1; period <= longestLines; period++) {
      const finding = repeatsAt(all, open !== undefined, at, period, timesLines, 4);
      if (finding === 'no') continue;
      const text = piece.text
        .split('\n')
        .slice(0, at + period)
        .join('\n');
      return { ...piece, text, closed: finding === 'repeats' };
    }
  }
  return piece;
}

function withoutPhrases(piece: Piece, place: Place): Piece {
  const start = piece.text.lastIndexOf('\n') + 1;
  const line = piece.text.slice(start);
  const words = line.match(/\w+|\s+|[^\w\s]/g) ?? [];
  for (let at = 0; at < words.length; at++) {
    for (let period = 1; period <= longestPhrase; period++) {
      const phrase = words.slice(at, at + period).join('');
      const times = phrase.includes(',') ? timesElement : timesPhrase;
      const finding = repeatsAt(words, !piece.closed, at, period, times, 3);
      if (finding === 'no' || place.site.snapshot.text.includes(phrase + phrase)) continue;
      const text = piece.text.slice(0, start) + words.slice(0, at + period).join('');
      return { ...piece, text, closed: finding === 'repeats' };
    }
  }
  return piece;
}

/** Whether the `period` parts from `at` on come `times` times in a row. Of an open text the last part is incomplete. */
function repeatsAt(
  parts: readonly string[],
  open: boolean,
  at: number,
  period: number,
  times: number,
  letters: number,
): Finding {
  if (at + period >= parts.length || parts[at] !== parts[at + period]) {
    const partial =
      open && at + period === parts.length - 1 && (parts[at] ?? '').startsWith(parts[at + period] ?? ' ');
    if (!partial) return 'no';
  }
  if (
    parts
      .slice(at, at + period)
      .join('')
      .replace(/[^A-Za-z]/g, '').length < letters
  )
    return 'no';
  const enough = (times - 1) * period;
  for (let i = at + period; i < parts.length; i++) {
    const same = i - at - period;
    if (same >= enough) return 'repeats';
    const part = parts[i] ?? '';
    const expected = parts[i - period] ?? '';
    const last = i === parts.length - 1;
    if (open && last) return expected.startsWith(part) ? 'undecided' : 'no';
    if (part === expected) continue;
    // The token limit may cut the last one short.
    if (last && same === enough - 1 && part !== '' && expected.startsWith(part)) continue;
    return 'no';
  }
  return parts.length - at - period >= enough ? 'repeats' : open ? 'undecided' : 'no';
}
