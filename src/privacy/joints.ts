import type { Finding } from './finding.ts';

/**
 * Where a string ends and goes on in the next literal: `"…" + "…"` (also `.`, `..`, `&`, `<>` and `~`, at either end of a line), and
 * literals that stand on lines of their own, which Python, C and Ruby put together.
 */
const joint =
  /(["'`])[ \t]*(?:(?:\+|\.\.?|&|<>|~)[ \t]*(?:\\?\r?\n[ \t]*)?|\\?\r?\n[ \t]*(?:(?:\+|\.\.?|&|<>|~)[ \t]*)?)[fbrLu]{0,2}\1/g;

/** Lines before the first literal in which the name of the value may stand. */
const linesBefore = 2;

/** A place with joints, written as if each string were one literal. */
interface Joined {
  readonly text: string;
  /** Pieces of the source in order: where they begin in `text` and where in the source. */
  readonly pieces: readonly { readonly at: number; readonly source: number }[];
}

/** Secrets that are written in several literals: what `find` finds when they are read as one, a finding for each literal. */
export function findAcrossJoints(text: string, find: (text: string) => readonly Finding[]): Finding[] {
  return placesWithJoints(text).flatMap((joined) =>
    find(joined.text).flatMap((finding) => apart(finding, joined)),
  );
}

function placesWithJoints(text: string): Joined[] {
  const places: Joined[] = [];
  let open: { text: string; pieces: { at: number; source: number }[]; next: number } | undefined;
  const close = (place: NonNullable<typeof open>): void => {
    const end = lineEnd(text, place.next);
    places.push({ text: place.text + text.slice(place.next, end), pieces: place.pieces });
  };
  for (const match of text.matchAll(joint)) {
    if (open !== undefined && match.index > lineEnd(text, open.next)) {
      close(open);
      open = undefined;
    }
    if (open === undefined) {
      const start = linesBack(text, match.index, linesBefore);
      open = { text: '', pieces: [{ at: 0, source: start }], next: start };
    }
    const joinedText: string = open.text + text.slice(open.next, match.index);
    const next = match.index + match[0].length;
    open.pieces.push({ at: joinedText.length, source: next });
    open = { text: joinedText, pieces: open.pieces, next };
  }
  if (open !== undefined) close(open);
  return places;
}

/** A finding's parts in the source. What lies in one literal alone is found without us. */
function apart(finding: Finding, { pieces }: Joined): Finding[] {
  const parts = pieces.flatMap(({ at, source }, index) => {
    const until = pieces[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const start = Math.max(finding.start, at);
    const end = Math.min(finding.end, until);
    return end > start ? [{ start: start - at + source, end: end - at + source, kind: finding.kind }] : [];
  });
  return parts.length > 1 ? parts : [];
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

function linesBack(text: string, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line <= lines && at > 0; line += 1) at = text.lastIndexOf('\n', at - 1);
  return Math.max(0, at);
}
