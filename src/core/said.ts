import type { Answer, Refine, TokenLogprob, Verdict } from './answer.ts';
import { outdentAt } from './nextLine.ts';
import { partOf } from './part.ts';
import type { Step } from './place.ts';
import type { Chunk, Sealed } from './ports.ts';
import type { Reading } from './reading.ts';
import { reindent, remainderOf } from './remainder.ts';
import type { Site } from './site.ts';
import { linePrefixOf } from './snapshot.ts';

/** An answer longer than this is no completion: hang up. Characters. */
const longestAnswer = 50_000;

type Text = Exclude<Verdict, { kind: 'drop' }>;

/** What of a text fits a place, and how many characters after the caret it takes the place of. */
interface Fit {
  readonly text: string;
  readonly replace: number;
}

interface Fits {
  readonly version: number;
  readonly caret: number;
  readonly of: Map<string, Fit>;
}

/**
 * What a draft has said so far, as far as it may be shown. It has two parts: the first is for the draft's own place; what goes on after it is read as
 * well and serves the place where the first was taken.
 */
export class Said {
  readonly #site: Site;
  readonly #atIndentation: boolean;
  readonly #refine: Refine;
  readonly #restore: Sealed['restore'];
  #text = '';
  readonly #tokens: TokenLogprob[] = [];
  #first: Verdict = { kind: 'keep', text: '', replace: 0 };
  /** The first part and what goes on after it, once the first is whole. */
  #both: Text | undefined;
  /** Both parts, with the rest of the line in which the model began to guess. */
  #guess: Text | undefined;
  #isEnough = false;
  /** What was found out last about text behind which the editor has closed brackets. */
  #fits: Fits = { version: -1, caret: -1, of: new Map() };

  constructor(site: Site, refine: Refine, restore: Sealed['restore']) {
    this.#site = site;
    this.#atIndentation = /^\s*$/.test(linePrefixOf(site.snapshot));
    this.#refine = refine;
    this.#restore = restore;
  }

  /** Characters received. */
  get length(): number {
    return this.#text.length;
  }

  /** Blanks before the place that go with it. */
  get outdent(): number {
    return this.#first.kind === 'drop' ? 0 : (this.#first.outdent ?? 0);
  }

  /** Nothing of it may be shown. */
  get isNothing(): boolean {
    return this.#first.kind === 'drop' || this.#first.text === '';
  }

  /** Takes a piece of the answer; true if nothing that follows can be of use. */
  add({ text, tokens }: Chunk): boolean {
    const offset = this.#text.length;
    this.#text = (this.#text + text).slice(0, longestAnswer);
    for (const { end, logprob } of tokens ?? []) this.#tokens.push({ end: end + offset, logprob });
    this.#isEnough = this.#judge(false) || this.#text.length === longestAnswer;
    return this.#isEnough;
  }

  /** The answer is whole. */
  end(): void {
    this.#judge(true);
  }

  /** Whether text that was typed since disagrees with it so far. */
  isContradicted(step: Step): boolean {
    const said = this.#both ?? this.#first;
    if (said.kind === 'drop') return true;
    return remainderOf(step, said.text, said.replace, this.#atIndentation).kind === 'contradicted';
  }

  /** What is to be inserted at a site that came out of the place by this step. `ended`: nothing will be added. */
  read(step: Step, site: Site, ended: boolean): Reading {
    const first = this.#first;
    if (first.kind === 'drop') {
      return step.text === '' ? { kind: 'nothing', reason: first.reason } : { kind: 'over' };
    }
    for (const said of [first, this.#both, this.#guess]) {
      if (said === undefined) continue;
      const isWhole = ended || said.kind === 'finish';
      const rest = this.#remainder(said, step, site, isWhole);
      if (rest === 'over') return { kind: 'over' };
      // A guess is no first look at what comes: it is shown whole, in the place of nothing.
      if (rest !== 'used up' && (isWhole || said !== this.#guess)) return rest;
      if (!isWhole) return { kind: 'waiting' };
    }
    const goesOn = !ended && !this.#isEnough;
    return goesOn ? { kind: 'waiting' } : this.#afterLast(this.#both ?? first, step);
  }

  /** What is left of a text after a step. */
  #remainder(said: Text, step: Step, site: Site, isWhole: boolean): Reading | 'over' | 'used up' {
    const left = remainderOf(step, said.text, said.replace, this.#atIndentation);
    if (left.kind === 'contradicted') return 'over';
    if (left.kind === 'unknown') return 'used up';
    const tooDeep = this.#tooDeep(said, step, site);
    const outdent = tooDeep || outdentAt(site, left.text, left.shift, left.shared);
    const own = reindent(left.text, tooDeep > 0 ? '' : outdent > 0 ? left.shared : left.shift);
    const { text: of, replace } =
      step.kind === 'typed' && step.closed > 0
        ? this.#again(own, site, isWhole)
        : { text: own, replace: left.replace };
    if (of.trim() === '') return 'used up';
    const certainty = isDoubtful(said) ? 'doubtful' : isWhole ? 'whole' : 'growing';
    const text = partOf(of, site.extent, certainty);
    const ended = isWhole || text.length < of.length;
    return { kind: 'text', text, replace, outdent, ended, isGuess: said === this.#guess };
  }

  /** How many of the blanks before the caret are left of those that the text wants gone. */
  #tooDeep({ outdent = 0 }: Text, step: Step, site: Site): number {
    if (outdent === 0 || step.kind !== 'typed' || !/^[ \t]*$/.test(step.text)) return 0;
    const wanted = linePrefixOf(this.#site.snapshot).length - outdent;
    return Math.max(0, linePrefixOf(site.snapshot).length - wanted);
  }

  /** All of it is typed, or there was nothing. */
  #afterLast(last: Text, step: Step): Reading {
    if (last.text.trim() === '' && step.text === '') return { kind: 'nothing', reason: 'nothing-answered' };
    // Asked again at the very place where it began to guess, the model would guess again.
    return isDoubtful(last) && step.kind === 'typed' && step.text === last.text
      ? { kind: 'nothing', reason: 'not-confident' }
      : { kind: 'over' };
  }

  #judge(ended: boolean): boolean {
    const answer = { text: this.#restore(this.#text, ended), ended, tokens: this.#tokens };
    if (this.#first.kind === 'keep') this.#first = this.#refine(answer, this.#site, 'first');
    const first = this.#first;
    if (first.kind === 'drop') return true;
    if (first.kind === 'keep') return false;
    if (isDoubtful(this.#both ?? first)) return this.#judgeGuess(answer);
    if (this.#both?.kind === 'finish') return true;
    const both = this.#refine(answer, this.#site, 'on');
    const goesOn = both.kind !== 'drop' && isAlike(both, first) && both.text.startsWith(first.text);
    if (goesOn) {
      this.#both = both;
      if (isDoubtful(both)) return this.#judgeGuess(answer);
    }
    const isBehind = both.kind === 'keep' && first.text.startsWith(both.text);
    return both.kind !== 'keep' || !(goesOn || isBehind);
  }

  /** The model guesses from here on: the rest of the line is read. */
  #judgeGuess(answer: Answer): boolean {
    const sure = this.#both ?? this.#first;
    const guess = this.#refine(answer, this.#site, 'guess');
    if (sure.kind === 'drop' || guess.kind === 'drop') return true;
    if (guess.text.startsWith(sure.text)) this.#guess = guess;
    return guess.kind === 'finish';
  }

  /** The editor has closed brackets since: the rest is held against the text that now follows the caret, once for each place. */
  #again(text: string, site: Site, ended: boolean): Fit {
    const { version, caret } = site.snapshot;
    if (this.#fits.version !== version || this.#fits.caret !== caret)
      this.#fits = { version, caret, of: new Map() };
    const key = `${ended} ${text}`;
    const fit = this.#fits.of.get(key) ?? this.#fitOf(text, site, ended);
    this.#fits.of.set(key, fit);
    return fit;
  }

  #fitOf(text: string, site: Site, ended: boolean): Fit {
    const answer: Answer = { text, ended, tokens: [] };
    const verdict = this.#refine(answer, site, 'first');
    if (verdict.kind !== 'drop') return verdict;
    // What was cut where the model began to guess is no whole statement.
    return { text: verdict.reason === 'breaks-syntax' ? text : '', replace: 0 };
  }
}

/** They stand at the same place. */
function isAlike(a: Text, b: Text): boolean {
  return a.replace === b.replace && (a.outdent ?? 0) === (b.outdent ?? 0);
}

function isDoubtful(said: Text): boolean {
  return said.kind === 'finish' && said.doubtful === true;
}
