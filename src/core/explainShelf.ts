import { LRUCache } from 'lru-cache';
import type { ExplainSubject, ExplainTurn } from './explain.ts';
import type { Survey } from './ports.ts';

/** Explanations kept at most. Each is some thousand characters; a person does not ask about more places in a sitting. */
const places = 60;

/** Explanations by place, kept until the code of the place changes. */
export interface ExplainShelf {
  /** The kept turns of a place; empty if there are none or the code has changed. */
  find(subject: ExplainSubject): readonly ExplainTurn[];
  keep(subject: ExplainSubject, turns: readonly ExplainTurn[]): void;
  clear(): void;
}

/** An empty shelf. The survey finds the scope that an explanation depends on. */
export function createExplainShelf(survey: Survey): ExplainShelf {
  const shelf = new LRUCache<string, readonly ExplainTurn[]>({ max: places });
  return {
    find: (subject) => shelf.get(placeOf(subject, survey)) ?? [],
    keep: (subject, turns) => {
      if (turns.some(({ text }) => text !== '')) shelf.set(placeOf(subject, survey), turns);
    },
    clear: () => shelf.clear(),
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
