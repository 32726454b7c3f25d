import type { Ballot } from './ballot.ts';
import type { Trail } from './trail.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Words looked at; a beginning that more words share says little anyway. */
const maxWords = 1500;
/** Words nominated. */
const maxNominated = 4;
/** Letters that must be typed before words are offered without any context. */
const minLetters = 3;
/** Uses in other files that one use in the current file counts for. */
const liveUses = 12;

/** Little, as most words go on. */
const newWordWeight = 0.1;
const isWord = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/**
 * Nominates the words that begin as the one being typed, by how often they are used: what is left where no context is known.
 */
export function nominateFamily(open: string, vocabulary: Vocabulary, live: Trail, ballot: Ballot): void {
  const space = open.startsWith(' ') ? 1 : 0;
  const letters = open.slice(space);
  if (letters.length < minLetters || !isWord.test(letters)) return;
  const found: { id: number; uses: number; distance: number }[] = [];
  let all = 0;
  const family = vocabulary.family(letters);
  for (let at = family.length - 1; at >= Math.max(0, family.length - maxWords); at--) {
    const id = family[at] ?? 0;
    if (!vocabulary.textOf(id).startsWith(letters)) continue;
    const distance = live.distanceOf(id);
    const uses = vocabulary.usesOf(id) + (distance < 0 ? 0 : liveUses);
    if (uses <= 0) continue;
    all += uses;
    found.push({ id, uses, distance });
  }
  found.sort((a, b) => b.uses - a.uses);
  for (const { id, uses, distance } of found.slice(0, maxNominated)) {
    const nominee = ballot.of(id * 2 + space);
    if (!nominee) return;
    nominee.familiar = uses / (all + 1);
    nominee.weight += nominee.familiar;
    ballot.total += nominee.familiar;
    if (nominee.distance < 0) nominee.distance = distance;
  }
}

/** Nominates the word as it is typed, as one that was never seen before: what follows it may still be known. */
export function nominateNewWord(open: string, vocabulary: Vocabulary, ballot: Ballot): void {
  const letters = open.trimStart();
  if (letters.length < minLetters || !isWord.test(letters) || vocabulary.knows(letters)) return;
  const nominee = ballot.of(vocabulary.newWord * 2 + (open === letters ? 0 : 1));
  if (!nominee) return;
  nominee.derived = 1;
  nominee.weight += newWordWeight;
  ballot.total += newWordWeight;
}
