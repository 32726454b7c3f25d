import type { SourceText } from '../../src/core/snapshot.ts';
import { readRepository } from './contextCases.ts';
import { diskWorkspace, nodeGather, nodeSyntax } from './contextEngine.ts';

/*
 * node --expose-gc test/bench/contextMemory.ts <folder> <languageId>
 * Prints by how many MB a fresh process grows when a key is pressed in each of 200 open documents.
 */
const [, , root = '', languageId = ''] = process.argv;
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
const documents = Array.from({ length: 201 }, (_, i): SourceText => {
  const { text, path, languageId: id } = files[i % files.length] ?? { text: '', path: '', languageId };
  // Each with a text of its own, as in an editor.
  return {
    uri: `file:///${i}`,
    path: `${i}-${path}`,
    languageId: id,
    version: 1,
    text: `${text} `.slice(0, -1),
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
const lines = others.reduce((sum, { text }) => sum + text.split('\n').length, 0);
console.log(
  `${after.live - before.live} MB in use (${after.rss - before.rss} MB of the process) ` +
    `for 200 documents of ${(lines / 200).toFixed(0)} lines`,
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
