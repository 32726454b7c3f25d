/** A small network: inputs, one hidden layer, one number between 0 and 1. */
export interface Network {
  readonly inputs: number;
  readonly hidden: number;
  /** One row a hidden unit: a weight for each input, then its bias. */
  readonly first: Float32Array;
  /** A weight for each hidden unit, then the bias. */
  readonly second: Float32Array;
}

/** The network's answer. */
export function evaluate({ inputs, hidden, first, second }: Network, input: Float32Array): number {
  let sum = second[hidden] ?? 0;
  for (let unit = 0, weight = 0; unit < hidden; unit++) {
    let level = 0;
    for (let at = 0; at < inputs; at++) level += (first[weight++] ?? 0) * (input[at] ?? 0);
    level += first[weight++] ?? 0;
    if (level > 0) sum += level * (second[unit] ?? 0);
  }
  return squash(sum);
}

/** Odds in logarithms to likelihood. */
export function squash(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Reads the text form: a line for each hidden unit, then one for the output; numbers between spaces. */
export function parseNetwork(text: string): Network {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const hidden = rows.length - 1;
  const inputs = (rows[0]?.length ?? 1) - 1;
  return {
    inputs,
    hidden,
    first: Float32Array.from(rows.slice(0, hidden).flat()),
    second: Float32Array.from(rows[hidden] ?? []),
  };
}
