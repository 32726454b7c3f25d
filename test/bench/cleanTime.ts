import { createRefine } from '../../src/filters/index.ts';
import { siteAt } from '../unit/filters/siteAt.ts';

/**
 * Time of all filters on a growing answer of twelve lines, run again after each of 60 chunks, without syntax, at a new place each time, in
 * files of 100 and of 3,000 lines. The first run, and medians of 200 runs, in ms, and
 * processor time, which other work on the machine does not lengthen.
 */
const answer = `const total = items.reduce((sum, item) => sum + item.price, 0);
  if (total > limit) {
    throw new RangeError(\`The total \${total} is above the limit.\`);
  }
  for (const item of items) {
    const stock = await store.find(item.id);
    if (stock === undefined) continue;
    await store.update(item.id, { count: stock.count - 1, sold: true });
  }
  log.info('sold', items.length);
  await notify(items, total);
  return { total, count: items.length };`;

const refine = createRefine({ maxLines: 12 });

for (const lines of [100, 3000]) {
  const filler = Array.from(
    { length: lines / 5 },
    (_, i) => `function f${i}(a: number) {\n  if (a > ${i}) {\n    return a;\n  }\n}\n`,
  );
  const half = filler.slice(0, filler.length / 2).join('');
  const text = `${half}async function sell(items: Item[]) {\n  \n}\n${half}`;
  const caret = half.length + 'async function sell(items: Item[]) {\n  '.length;
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (let run = 0; run < 200; run++) {
    const site = siteAt(text, caret, { languageId: 'typescript' });
    const start = performance.now();
    for (let chunk = 1; chunk <= 60; chunk++) {
      const length = Math.ceil((answer.length * chunk) / 60);
      refine({ text: answer.slice(0, length), ended: chunk === 60, tokens: [] }, site);
    }
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  const first = times[0];
  times.sort((a, b) => a - b);
  console.log(
    `${lines} lines: 60 calls in ${times[100]?.toFixed(2)} ms (p95 ${times[190]?.toFixed(2)}, first ${first?.toFixed(2)}), of processor time ${((user + system) / 1000 / 200).toFixed(2)} ms each`,
  );
}
