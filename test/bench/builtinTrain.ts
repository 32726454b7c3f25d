// Derives the numbers of src/builtin/prior.ts: node test/bench/builtinTrain.ts <output> <held-out files> <folder:extensions>...
// The numbers that are committed are from cline, trpc, excalidraw, vue, viem (TypeScript), eslint, fastify, mocha, xstate, ioredis
// (JavaScript), celery, httpx, scrapy, tornado (Python), etcd, gin, prometheus, lazygit (Go), redis, libuv, tmux, curl and nginx (C),
// eight files of each. None of them is measured by test/bench/builtin.ts.
// Each folder is a repository; some of its files are held out whole and typed again by a typist who takes suggestions that are right.
// Every token that was weighed on the way is an example: its description, and whether it came next.
import { writeFileSync } from 'node:fs';
import { commonLength } from '../../src/builtin/commonLength.ts';
import { featureCount } from '../../src/builtin/describe.ts';
import { createPredictor } from '../../src/builtin/index.ts';
import type { Candidate } from '../../src/builtin/run.ts';
import { isWordCode } from '../../src/builtin/vocabulary.ts';
import { holdOut, typeThrough } from './builtinTypist.ts';

/** Share of the keystrokes whose candidates are kept as examples: neighbours are too alike to teach much. */
const kept = 0.1;
/** Characters of a repository that are indexed: more takes long and teaches nothing else. */
const largestIndex = 5_000_000;
const hidden = 24;
const epochs = 8;
const batch = 256;

/** The network while it learns: a row for each hidden unit, its weights and then its bias. */
interface Trained {
  readonly inputs: number;
  readonly hidden: number;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

interface Examples {
  readonly features: Float32Array[];
  readonly labels: number[];
}

const [output = '', held = '10', ...specs] = process.argv.slice(2);
const random = generator(20_240_607);
const examples: Examples = { features: [], labels: [] };
for (const spec of specs) collect(spec, Number(held), examples);
console.log(`${examples.labels.length} examples`);
const network = train(examples);
writeFileSync(output, printed(network));

function collect(spec: string, held: number, into: Examples): void {
  const { known, held: files } = holdOut(spec, held);
  let truth = '';
  let at = 0;
  let watching = false;
  let lost = false;
  const observe = (candidates: readonly Candidate[]): void => {
    if (!watching || lost) return;
    lost = true;
    candidates.forEach((candidate, index) => {
      const right = comesNext(truth, at, candidate.text);
      into.features.push(candidate.features);
      into.labels.push(right ? 1 : 0);
      if (right && index === 0) lost = false;
    });
  };
  const predictor = createPredictor({ observe });
  let size = 0;
  for (const file of known) {
    size += file.text.length;
    if (size < largestIndex) predictor.learn(file);
  }
  for (const file of files) {
    truth = file.text;
    let refutedUntil = 0;
    typeThrough(file, (query) => {
      at = query.prefix.length;
      // Where something offered is being typed past, likelihoods are other ones: they follow from these.
      watching = at > refutedUntil && random() < kept;
      lost = false;
      const shown = predictor.predict(query);
      if (shown && !truth.startsWith(shown.text, at))
        refutedUntil = Math.max(
          refutedUntil,
          at + commonLength(shown.text, truth.slice(at, at + shown.text.length)),
        );
      return shown;
    });
  }
  console.log(spec, into.labels.length);
}

/** Whether the text stands at the place, and does not end inside a word. */
function comesNext(truth: string, at: number, text: string): boolean {
  if (!truth.startsWith(text, at)) return false;
  const end = at + text.length;
  return !(end > 0 && isWordCode(truth.charCodeAt(end - 1)) && isWordCode(truth.charCodeAt(end)));
}

/** Logistic loss, Adam, a step size that falls to a tenth. */
function train({ features, labels }: Examples): Trained {
  const inputs = featureCount;
  const network: Trained = {
    inputs,
    hidden,
    first: Float32Array.from({ length: hidden * (inputs + 1) }, () => (random() - 0.5) * 0.4),
    second: Float32Array.from({ length: hidden + 1 }, () => (random() - 0.5) * 0.4),
  };
  const count = network.first.length + network.second.length;
  const gradient = new Float32Array(count);
  const mean = new Float32Array(count);
  const square = new Float32Array(count);
  const levels = new Float32Array(hidden);
  const order = Int32Array.from(labels.keys());
  const steps = Math.ceil(order.length / batch) * epochs;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order);
    let loss = 0;
    for (let from = 0; from < order.length; from += batch) {
      gradient.fill(0);
      const to = Math.min(order.length, from + batch);
      for (let index = from; index < to; index++) {
        const example = order[index] ?? 0;
        loss += descend(
          network,
          features[example] ?? new Float32Array(0),
          labels[example] ?? 0,
          levels,
          gradient,
        );
      }
      step++;
      const rate = 0.003 * (1 - 0.95 * (step / steps));
      adam(network, gradient, mean, square, to - from, rate, step);
    }
    console.log(`epoch ${epoch + 1}: loss ${(loss / order.length).toFixed(4)}`);
  }
  return network;
}

/** Adds one example's gradient; returns its loss. */
function descend(
  net: Trained,
  input: Float32Array,
  label: number,
  levels: Float32Array,
  out: Float32Array,
): number {
  const { inputs, first, second } = net;
  const row = inputs + 1;
  let sum = second[hidden] ?? 0;
  for (let unit = 0; unit < hidden; unit++) {
    let level = first[unit * row + inputs] ?? 0;
    for (let at = 0; at < inputs; at++) level += (first[unit * row + at] ?? 0) * (input[at] ?? 0);
    levels[unit] = level;
    if (level > 0) sum += level * (second[unit] ?? 0);
  }
  const likelihood = 1 / (1 + Math.exp(-sum));
  const error = likelihood - label;
  const base = first.length;
  out[base + hidden] = (out[base + hidden] ?? 0) + error;
  for (let unit = 0; unit < hidden; unit++) {
    const level = levels[unit] ?? 0;
    if (level <= 0) continue;
    out[base + unit] = (out[base + unit] ?? 0) + error * level;
    const slope = error * (second[unit] ?? 0);
    const start = unit * row;
    for (let at = 0; at < inputs; at++) out[start + at] = (out[start + at] ?? 0) + slope * (input[at] ?? 0);
    out[start + inputs] = (out[start + inputs] ?? 0) + slope;
  }
  return -Math.log(Math.max(1e-7, label === 1 ? likelihood : 1 - likelihood));
}

function adam(
  net: Trained,
  gradient: Float32Array,
  mean: Float32Array,
  square: Float32Array,
  size: number,
  rate: number,
  step: number,
): void {
  const fixMean = 1 - 0.9 ** step;
  const fixSquare = 1 - 0.999 ** step;
  for (let at = 0; at < gradient.length; at++) {
    const slope = (gradient[at] ?? 0) / size;
    const m = 0.9 * (mean[at] ?? 0) + 0.1 * slope;
    const s = 0.999 * (square[at] ?? 0) + 0.001 * slope * slope;
    mean[at] = m;
    square[at] = s;
    const change = (rate * (m / fixMean)) / (Math.sqrt(s / fixSquare) + 1e-8);
    if (at < net.first.length) net.first[at] = (net.first[at] ?? 0) - change;
    else net.second[at - net.first.length] = (net.second[at - net.first.length] ?? 0) - change;
  }
}

function shuffle(order: Int32Array): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const held = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = held;
  }
}

function printed({ inputs, hidden, first, second }: Trained): string {
  const lines: string[] = [];
  for (let unit = 0; unit < hidden; unit++) {
    lines.push(Array.from(first.subarray(unit * (inputs + 1), (unit + 1) * (inputs + 1)), short).join(' '));
  }
  lines.push(Array.from(second, short).join(' '));
  return `${lines.join('\n')}\n`;
}

function short(value: number): string {
  return String(Number(value.toFixed(3)));
}

/** Mulberry32: the same examples on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
