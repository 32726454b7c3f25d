import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultSettings } from '../../src/core/settings.ts';
import { createRefine } from '../../src/filters/index.ts';
import { Desk } from '../support/desk.ts';
import { VirtualClock } from '../support/virtualClock.ts';
import { errorsOf, KnowingModel } from './keysModel.ts';
import { NaiveClient } from './keysNaive.ts';
import { playMany } from './keysPlay.ts';
import { figuresOf, type Hands, type Tally, typeOut } from './keysTypist.ts';
import { seeded } from './random.ts';

/*
 * npm run bench:keys: thousands of lines of real code typed in virtual time, by a person who takes right suggestions, with a model
 * that knows the text but goes wrong at one line in four. Foretype's core beside the naive client, in the same run. Then random
 * play: `npm run bench:keys -- --lines 0 --plays 10000` plays 10,000 games of 500 events and counts broken promises.
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    plays: { type: 'string', default: '200' },
    events: { type: 'string', default: '500' },
  },
});
const refine = createRefine({ maxLines: defaultSettings['suggest.maxLines'] });
const linesWanted = Number(values.lines);
const linesOfRegion = 40;
const root = `${import.meta.dirname}/../../node_modules`;

interface Region {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

function regions(seed: number): Region[] {
  const random = seeded(seed);
  const files = globSync(['openai/src/**/*.ts', 'web-tree-sitter/src/*.ts', 'fast-check/lib/**/*.js'], {
    cwd: root,
  }).sort();
  const found: Region[] = [];
  for (let lines = 0; lines < linesWanted; lines += linesOfRegion) {
    const text = readFileSync(`${root}/${files[Math.floor(random() * files.length)]}`, 'utf8').replaceAll(
      '\r',
      '',
    );
    const starts = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
    const first = Math.floor(random() * (starts.length - linesOfRegion - 1));
    const from = starts[first];
    const to = starts[first + linesOfRegion];
    if (from === undefined || to === undefined) {
      lines -= linesOfRegion;
      continue;
    }
    found.push({ text, from, to: to - 1 });
  }
  return found;
}

async function run(
  name: string,
  handsFor: (clock: VirtualClock, model: KnowingModel, marked: string) => Hands & { dispose?(): void },
) {
  const started = performance.now();
  const tallies: Tally[] = [];
  let requests = 0;
  let streamed = 0;
  let number = Number(values.seed) * 1000;
  for (const { text, from, to } of regions(Number(values.seed))) {
    number += 1;
    const clock = new VirtualClock();
    const model = new KnowingModel(clock, text, errorsOf(text, number), number);
    const hands = handsFor(clock, model, `${text.slice(0, from)}█${text.slice(to)}`);
    tallies.push(await typeOut(clock, hands, text, from, to, number));
    hands.dispose?.();
    await clock.advance(0);
    requests += model.requests;
    streamed += model.streamed;
  }
  console.log(
    `\n${name}  (${tallies.length * linesOfRegion} lines, ${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
  for (const [figure, value] of Object.entries(figuresOf(tallies, requests, streamed))) {
    console.log(`  ${figure.padEnd(36)}${value.padStart(10)}`);
  }
}

if (linesWanted > 0) {
  await run('naive client', (clock, model, marked) => new NaiveClient(clock, model, marked));
  await run('Foretype', (clock, model, marked) => new Desk(clock, model, marked, { refine: () => refine }));
}
if ((await playMany(Number(values.plays), Number(values.events), Number(values.seed))) > 0)
  process.exitCode = 1;
