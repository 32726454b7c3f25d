/** A small network: inputs, one hidden layer, one number between 0 and 1. */
export interface Network {
  readonly inputs: number;
  readonly hidden: number;
  /** For each input its weights to all hidden units; then the biases of the hidden units. */
  readonly first: Float32Array;
  /** A weight for each hidden unit, then the bias. */
  readonly second: Float32Array;
}

const levels = new Float64Array(64);

/** The network's answer. Inputs beyond those that it knows are not looked at. */
export function evaluate({ inputs, hidden, first, second }: Network, input: Float32Array): number {
  for (let unit = 0, at = inputs * hidden; unit < hidden; unit++, at++) levels[unit] = first[at] ?? 0;
  for (let from = 0; from < inputs; from++) {
    const value = input[from] ?? 0;
    // Half of the inputs say that something is not so.
    if (value === 0) continue;
    for (let unit = 0, at = from * hidden; unit < hidden; unit++, at++) {
      levels[unit] = (levels[unit] ?? 0) + value * (first[at] ?? 0);
    }
  }
  let sum = second[hidden] ?? 0;
  for (let unit = 0; unit < hidden; unit++) {
    const level = levels[unit] ?? 0;
    if (level > 0) sum += level * (second[unit] ?? 0);
  }
  return squash(sum);
}

/** Odds in logarithms to likelihood. */
export function squash(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Reads the text form: a line for each hidden unit, its weights and then its bias; then one for the output; numbers between spaces. */
export function parseNetwork(text: string): Network {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const hidden = rows.length - 1;
  const inputs = (rows[0]?.length ?? 1) - 1;
  const first = new Float32Array((inputs + 1) * hidden);
  for (const [unit, row] of rows.slice(0, hidden).entries()) {
    for (const [from, weight] of row.entries()) first[from * hidden + unit] = weight;
  }
  return { inputs, hidden, first, second: Float32Array.from(rows[hidden] ?? []) };
}
