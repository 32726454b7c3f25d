import { confidenceOf } from '../../src/filters/confidence.ts';
import { type Chance, chanceOf } from './cleanRandom.ts';

/**
 * Simulates answers of 4 to 40 tokens of 3.5 characters, of which a share goes wrong at a token and stays wrong. Log-probabilities are
 * exponentially distributed, or those of a wrong guess at one token and sure again after it, as models are of their own mistakes.
 * What is shown earns a point for each right character and costs one for each wrong character.
 */
const answers = 4000;

interface World {
  readonly name: string;
  readonly wrongShare: number;
  readonly right: number;
  readonly wrong: number;
  readonly onlyFirst: boolean;
}

const worlds: readonly World[] = [
  { name: 'far apart', wrongShare: 0.3, right: 0.08, wrong: 2, onlyFirst: false },
  { name: 'overlapping', wrongShare: 0.3, right: 0.2, wrong: 1, onlyFirst: false },
  { name: 'much overlap', wrongShare: 0.3, right: 0.35, wrong: 0.9, onlyFirst: false },
  { name: 'one doubtful token', wrongShare: 0.3, right: 0.08, wrong: 1.6, onlyFirst: true },
];

function simulate(world: World, chance: Chance) {
  const count = chance.between(4, 40);
  const from = chance.next() < world.wrongShare ? chance.between(0, count - 1) : count;
  const draw = (mean: number) => Math.log(1 - chance.next()) * mean;
  const tokens = Array.from({ length: count }, (_, i) => ({
    end: (i + 1) * 3.5,
    logprob: draw(i === from || (i > from && !world.onlyFirst) ? world.wrong : world.right),
  }));
  return { tokens, right: from * 3.5, length: count * 3.5 };
}

for (const world of worlds) {
  const chance = chanceOf(1);
  const sums = { all: 0, cut: 0, known: 0, rightKept: 0, right: 0, wrongKept: 0, wrong: 0 };
  for (let i = 0; i < answers; i++) {
    const { tokens, right, length } = simulate(world, chance);
    const { end, sure } = confidenceOf(tokens, 0, length);
    const shown = sure ? end : length;
    sums.all += right - (length - right);
    sums.cut += Math.min(shown, right) - Math.max(0, shown - right);
    sums.known += right;
    sums.right += right;
    sums.rightKept += Math.min(shown, right);
    sums.wrong += length - right;
    sums.wrongKept += Math.max(0, shown - right);
  }
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  console.log(
    `${world.name.padEnd(20)} right kept ${share(sums.rightKept, sums.right)}, wrong kept ${share(sums.wrongKept, sums.wrong)}, ` +
      `points of the best possible: shown whole ${share(sums.all, sums.known)}, cut ${share(sums.cut, sums.known)}`,
  );
}
