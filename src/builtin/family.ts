import type { Ballot } from './ballot.ts';
import type { Memory } from './memory.ts';
import type { Context } from './recall.ts';
import type { Trail } from './trail.ts';
import { tokenKind, type Vocabulary } from './vocabulary.ts';

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

/** Tokens above the caret in which names are looked for, and the distance at which a place counts half. */
const nearTokens = 400;
const halfDistance = 60;
/** Different words taken of them. */
const maxRecent = 4;

/** Nominates the names just above the caret that begin as the one being typed: arguments, variables and members that are in use here. */
export function nominateRecent(open: string, vocabulary: Vocabulary, live: Trail, ballot: Ballot): void {
  const space = open.startsWith(' ') ? 1 : 0;
  const letters = open.slice(space);
  if (letters === '' || !isWord.test(letters)) return;
  const found: { readonly id: number; readonly distance: number; nearness: number }[] = [];
  let all = 0;
  for (let distance = 1; distance <= Math.min(nearTokens, live.length); distance++) {
    const id = (live.tokens[live.length - distance] ?? 0) >>> 1;
    if (vocabulary.kindOf(id) !== tokenKind.word) continue;
    const text = vocabulary.textOf(id);
    if (text.length === letters.length || !text.startsWith(letters)) continue;
    const nearness = halfDistance / (halfDistance + distance);
    all += nearness;
    const known = found.find((word) => word.id === id);
    if (known) known.nearness += nearness;
    else if (found.length < maxRecent) found.push({ id, distance, nearness });
  }
  for (const { id, distance, nearness } of found) {
    const nominee = ballot.of(id * 2 + space);
    if (!nominee) return;
    nominee.recent = nearness;
    nominee.recentShare = nearness / all;
    nominee.weight += nominee.recentShare;
    ballot.total += nominee.recentShare;
    if (nominee.distance < 0) nominee.distance = distance;
  }
}

/** How much more a word counts with each doubling of the times that it followed the token before, and the two before. */
const pairWorth = 2;
const tripleWorth = 6;

/**
 * Nominates the words that begin as the one being typed, by how often they are used, most of all after such tokens: what is left where
 * no context is known. After `list.` that are the members that things of this name have elsewhere.
 */
export function nominateFamily(
  open: string,
  { tokens, end }: Context,
  { vocabulary, pairs }: Pick<Memory, 'vocabulary' | 'pairs'>,
  live: Trail,
  ballot: Ballot,
): void {
  const space = open.startsWith(' ') ? 1 : 0;
  const letters = open.slice(space);
  if (letters.length < minLetters || !isWord.test(letters)) return;
  const before = (tokens[end] ?? 0) >>> 1;
  const second = (tokens[end - 1] ?? 0) >>> 1;
  const found: { id: number; uses: number; worth: number; distance: number }[] = [];
  let all = 0;
  const family = vocabulary.family(letters);
  for (let at = family.length - 1; at >= Math.max(0, family.length - maxWords); at--) {
    const id = family[at] ?? 0;
    if (!vocabulary.textOf(id).startsWith(letters)) continue;
    const distance = live.distanceOf(id);
    const uses = vocabulary.usesOf(id) + (distance < 0 ? 0 : liveUses);
    if (uses <= 0) continue;
    all += uses;
    const likes =
      1 +
      pairWorth * Math.log2(1 + pairs.pair(before, id)) +
      tripleWorth * Math.log2(1 + pairs.triple(second, before, id));
    found.push({ id, uses, worth: uses * likes, distance });
  }
  found.sort((a, b) => b.worth - a.worth);
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
