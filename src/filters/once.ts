import type { Place } from './place.ts';

/** Makes a function that looks at each place once. */
export function onceAPlace<T>(look: (place: Place) => T): (place: Place) => T {
  const known = new WeakMap<Place, { readonly found: T }>();
  return (place) => {
    const before = known.get(place);
    if (before !== undefined) return before.found;
    const found = look(place);
    known.set(place, { found });
    return found;
  };
}

/** Makes a function that remembers for each place what it said last: a question that a growing answer asks again and again. */
export function lately<T>(look: (key: string, place: Place) => T): (key: string, place: Place) => T {
  const lastAt = new WeakMap<Place, { readonly key: string; readonly found: T }>();
  return (key, place) => {
    const last = lastAt.get(place);
    if (last?.key === key) return last.found;
    const found = look(key, place);
    lastAt.set(place, { key, found });
    return found;
  };
}

/**
 * Makes a function that looks at each line of an answer once for each place and kind: the filters run again after every chunk, and of
 * the lines only the last one has changed. Not for that one, whose every beginning would be kept.
 */
export function onceALine<T, K extends string | undefined>(
  look: (line: string, place: Place, kind: K) => T,
): (line: string, place: Place, kind: K) => T {
  const kindsAt = onceAPlace(() => new Map<K, Map<string, { readonly found: T }>>());
  return (line, place, kind) => {
    const kinds = kindsAt(place);
    const known = kinds.get(kind) ?? new Map<string, { readonly found: T }>();
    const before = known.get(line);
    if (before !== undefined) return before.found;
    const found = look(line, place, kind);
    known.set(line, { found });
    kinds.set(kind, known);
    return found;
  };
}
