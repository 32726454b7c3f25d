import type { SourceText } from '../../src/core/snapshot.ts';
import { readRepository } from './contextCases.ts';
import { diskWorkspace, nodeGather, nodeSyntax } from './contextEngine.ts';

/*
 * node --expose-gc test/bench/contextMemory.ts <folder> <languageId> [<lines>]
 * Prints by how many MB a fresh process grows when a key is pressed in each of 200 open documents: files of the folder, or with <lines> so
 * many of them after each other that each document has as many lines.
 */
const [, , root = '', languageId = '', lines = '0'] = process.argv;
const signal = new AbortController().signal;
const files = [...readRepository(root, root, languageId).files.values()];
const open: SourceText[] = [];
const syntax = nodeSyntax();
const gather = nodeGather(
  syntax,
  diskWorkspace(root, () => open),
);
const type = async (source: SourceText) => {
  const caret = source.text.indexOf('\n', source.text.length / 2) + 1;
  await gather(syntax.survey({ ...source, caret, indentUnit: '  ' }), 6000, signal);
};
let next = 0;
const documents = Array.from({ length: 201 }, (_, i): SourceText => {
  const { path, languageId: id } = files[next % files.length] ?? { path: '', languageId };
  let text = '';
  do text += files[next++ % files.length]?.text ?? '';
  while (text.split('\n').length < Number(lines));
  // Each with a text of its own, as in an editor.
  return {
    uri: `file:///${i}`,
    path: `${i}-${path}`,
    languageId: id,
    version: 1,
    text: Buffer.from(text).toString(),
  };
});
const [first, ...others] = documents;
if (first === undefined) throw new Error('No material.');
await syntax.ready(first.languageId);
open.push(first);
await type(first);
const before = await settled();
for (const document of others) {
  open.unshift(document);
  await type(document);
}
const after = await settled();
const total = others.reduce((sum, { text }) => sum + text.split('\n').length, 0);
console.log(
  `${after.live - before.live} MB in use (${after.rss - before.rss} MB of the process) ` +
    `for 200 documents of ${(total / 200).toFixed(0)} lines`,
);
syntax.dispose();
process.exit(0);

/** What is in use and what the process holds once garbage is collected and given back, MB. */
async function settled(): Promise<{ readonly live: number; readonly rss: number }> {
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { live: Math.round((heapUsed + external) / 1e6), rss: Math.round(rss / 1e6) };
}
