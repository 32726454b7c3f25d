import type { Snippet } from '../core/prompt.ts';
import { undented } from './examples.ts';
import { overheadOf } from './pack.ts';
import type { Scene } from './scene.ts';

/** Longer bodies tell more than the next line needs. */
const maxBody = 1200;
/** Names that stand nearer to the caret than this (1 is its neighbouring line, 0.5 five lines away) have their bodies sent. */
const leastNearness = 0.5;

/** The bodies of functions and types that are named near the caret, where the budget has room after all signatures. */
export function gatherBodies(scene: Scene, maxChars: number): Snippet[] {
  const found: Snippet[] = [];
  for (const { source, outline, relation } of scene.neighbours) {
    if (relation === 'open' || relation === 'sibling') continue;
    for (const { name, kind, span, container } of outline.definitions) {
      const nearness = scene.nearNames.get(name) ?? 0;
      const whole = (kind === 'function' || kind === 'type') && container < 0;
      if (!whole || nearness < leastNearness || span.end - span.start > maxBody) continue;
      const text = undented(
        source.text.slice(source.text.lastIndexOf('\n', span.start) + 1, span.end).split('\n'),
      );
      if (text.includes('\n'))
        found.push({ source: 'bodies', path: source.path, text, weight: nearness / 4 });
    }
  }
  let left = maxChars;
  return found
    .sort((a, b) => b.weight - a.weight)
    .filter(({ text, path }) => {
      const cost = text.length + overheadOf(path);
      if (cost > left) return false;
      left -= cost;
      return true;
    });
}
