import { createInterface } from 'node:readline';
import { answer } from './probeOps.ts';

/*
 * npm run --silent probe: one JSON object a line on standard input, one a line on standard output, in order.
 * The operations are described in CONTRIBUTING.md; logs go to standard error.
 */
for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.trim() === '') continue;
  const result = await answer(line);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
process.exit(0);
