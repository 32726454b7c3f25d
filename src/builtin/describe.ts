import type { Ballot, Nominee } from './ballot.ts';
import { maxReach } from './recall.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is known of the place of a step, the same for all its nominees. */
export interface StepScene {
  /** Steps already taken. */
  readonly step: number;
  /** Likelihood of the steps taken so far, together. */
  readonly likelihood: number;
  /** Characters of the asked token that are already typed, without the space before it. */
  readonly typed: number;
  readonly before: number;
  /** Whether only white space stands before it on its line. */
  readonly lineStart: boolean;
  /** Tokens of the current file so far. */
  readonly length: number;
  /** 0 code, 1 comment, 2 string. */
  readonly zone: number;
  /** How often lately, in this file, the likeliest continuation was right: 0 to 1. */
  readonly form: number;
  /** Suggestions typed past since the last right one. */
  readonly misses: number;
}

const kinds = 7;
/** How many numbers describe one nominee. */
export const featureCount = 45 + 2 * kinds;

/** Writes into `out` what speaks for and against one nominee; each number is roughly between 0 and 1. */
export function describe(
  nominee: Nominee,
  rivals: readonly Nominee[],
  ballot: Ballot,
  scene: StepScene,
  vocabulary: Vocabulary,
  out: Float32Array,
): void {
  const rival = rivals[0] === nominee ? rivals[1] : rivals[0];
  const id = nominee.token >>> 1;
  const reach = Math.max(nominee.liveReach, nominee.farReach);
  const rivalReach = rival ? Math.max(rival.liveReach, rival.farReach) : 0;
  const text = vocabulary.textOf(id);
  let at = 0;
  const put = (value: number): void => {
    out[at++] = value;
  };
  put(nominee.weight / (ballot.total + 4));
  put(rival ? rival.weight / (rival.weight + nominee.weight + 1e-6) : 0);
  put(nominee.liveWeight / (nominee.weight + 1e-6));
  put(nominee.shapeWeight / (nominee.weight + 1e-6));
  put(grow(nominee.live, 4));
  put(grow(nominee.far, 4));
  put(grow(nominee.near, 4));
  put(grow(nominee.files, 3));
  put(nominee.live > 0 ? 1 : 0);
  put(nominee.far > 0 ? 1 : 0);
  put(Math.min(nominee.liveReach, 8) / 8);
  put(nominee.liveReach / maxReach);
  put(Math.min(nominee.farReach, 8) / 8);
  put(nominee.farReach / maxReach);
  put(nominee.shape / maxReach);
  put((Math.min(reach, 12) - Math.min(rivalReach, 12)) / 12);
  put(rival ? grow(rival.live + rival.far, 4) : 0);
  put(grow(ballot.count, 4));
  put(grow(ballot.places, 5));
  put(nominee.rank === 0 ? 1 : 0);
  put(nominee === rivals[0] ? 1 : 0);
  put(nominee.distance < 0 ? 1 : grow(nominee.distance, 9));
  put(nominee.familiar);
  put(scene.step === 0 ? 1 : 0);
  put(grow(scene.step, 3));
  put(scene.likelihood);
  put(Math.min(scene.typed, 8) / 8);
  put(scene.typed > 0 ? 1 : 0);
  put(Math.min(text.length, 16) / 16);
  put(grow(scene.length, 10));
  put(scene.zone === 1 ? 1 : 0);
  put(scene.zone === 2 ? 1 : 0);
  put(scene.form);
  put(Math.min(scene.misses, 6) / 6);
  const kind = vocabulary.kindOf(id);
  const kindBefore = vocabulary.kindOf(scene.before);
  for (let each = 0; each < kinds; each++) put(each === kind ? 1 : 0);
  for (let each = 0; each < kinds; each++) put(each === kindBefore ? 1 : 0);
  const farTotal = ballot.total - ballot.liveTotal;
  put(nominee.liveWeight / (ballot.liveTotal + 2));
  put((nominee.weight - nominee.liveWeight) / (farTotal + 2));
  put(ballot.longest > 0 ? nominee.longest / ballot.longest : 0);
  put(grow(nominee.longest, 4));
  put(nominee.derived);
  put(ballot.reach / 10);
  put(scene.lineStart ? 1 : 0);
  put(grow(nominee.recent, 2));
  put(nominee.recentShare);
  put(grow(nominee.pair, 6));
  put(grow(nominee.triple, 5));
}

/** Counts on a scale on which doubling adds the same, 1 at e^scale. */
function grow(count: number, scale: number): number {
  return Math.log1p(count) / scale;
}
