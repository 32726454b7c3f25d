import { LRUCache } from 'lru-cache';
import type { ExplainSubject, ExplainTurn } from './explain.ts';
import type { Survey } from './ports.ts';

/** Explanations kept at most; a person does not ask about more places in a sitting. */
const places = 60;
/** Characters kept at most, with the documents and pictures that were asked about: a hundred source files, or two of the largest pictures. */
const mostCharacters = 40_000_000;

/** What was said of a place. The answers name lines as they were numbered in this subject. */
export interface Explained {
  readonly subject: ExplainSubject;
  readonly turns: readonly ExplainTurn[];
}

/** Explanations by place, kept until the code of the place changes. */
export interface ExplainShelf {
  /** What is kept of a place; undefined if there is nothing or the code has changed. */
  find(subject: ExplainSubject): Explained | undefined;
  keep(subject: ExplainSubject, turns: readonly ExplainTurn[]): void;
  /** Whether two subjects are one place, whose code has not changed. */
  isSame(one: ExplainSubject, other: ExplainSubject): boolean;
}

/** An empty shelf. The survey finds the scope that an explanation depends on. */
export function createExplainShelf(survey: Survey): ExplainShelf {
  const shelf = new LRUCache<string, Explained>({
    max: places,
    maxSize: mostCharacters,
    sizeCalculation: ({ subject }, key) =>
      1 +
      key.length +
      (subject.kind === 'code' ? subject.snapshot.text.length : subject.image.dataUrl.length),
  });
  return {
    find: (subject) => shelf.get(placeOf(subject, survey)),
    keep: (subject, turns) => {
      if (turns.some(({ text }) => text !== '')) shelf.set(placeOf(subject, survey), { subject, turns });
    },
    isSame: (one, other) => placeOf(one, survey) === placeOf(other, survey),
  };
}

/**
 * Names a place by its document, its code, and the code of the scope around it, so that moving it down the file keeps it and
 * changing what it means does not.
 */
function placeOf(subject: ExplainSubject, survey: Survey): string {
  if (subject.kind === 'image') return `${subject.image.path}\0${subject.image.dataUrl}`;
  const { snapshot, span } = subject;
  const { scopes } = survey({ ...snapshot, caret: span.start });
  const scope = scopes.find(({ start, end }) => start <= span.start && span.end <= end) ?? span;
  return [
    snapshot.uri,
    span.start - scope.start,
    span.end - span.start,
    snapshot.text.slice(scope.start, scope.end),
  ].join('\0');
}
