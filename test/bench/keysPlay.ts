import { type PlayEvent, playAtRandom } from '../support/randomPlay.ts';
import { seeded } from './random.ts';

/** Plays `runs` random games of `length` events and reports every broken promise with the seed that shows it. */
export async function playMany(runs: number, length: number, seed: number): Promise<number> {
  const started = performance.now();
  let failures = 0;
  for (let run = 0; run < runs; run += 1) {
    const random = seeded(seed + run);
    const model = { seed: seed + run, lanes: random() < 0.5 ? 1 : 2, metered: random() < 0.5 };
    const broken = await playAtRandom(
      model,
      Array.from({ length }, () => eventOf(random)),
    );
    if (broken.length > 0) {
      failures += 1;
      console.log(`  run ${run} (seed ${seed + run}): ${broken[0]}`);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `\nrandom play: ${runs} runs of ${length} events, ${failures} with a broken promise (${seconds.toFixed(1)} s)`,
  );
  return failures;
}

function eventOf(random: () => number): PlayEvent {
  const kind = random();
  if (kind < 0.2) return { kind: 'key', choice: random() };
  if (kind < 0.42) return { kind: 'agree' };
  if (kind < 0.7) return { kind: 'wait', ms: 1 + Math.floor(900 * random() ** 2) };
  if (kind < 0.73) return { kind: 'open-bracket' };
  if (kind < 0.77) return { kind: 'newline' };
  if (kind < 0.84) return { kind: 'back', count: 1 + Math.floor(random() * 4) };
  if (kind < 0.87) return { kind: 'move', choice: random() };
  if (kind < 0.92) return { kind: 'accept', share: 0.1 + 0.9 * random() };
  if (kind < 0.93) return { kind: 'undo' };
  if (kind < 0.94) return { kind: 'redo' };
  if (kind < 0.95) return { kind: 'dismiss' };
  if (kind < 0.96) return { kind: 'foreign', choice: random() };
  if (kind < 0.965) return { kind: 'close' };
  if (kind < 0.98) return { kind: 'invoke' };
  if (kind < 0.99) return { kind: 'switch' };
  return { kind: 'settings' };
}
