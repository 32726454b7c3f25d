import type { Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import { overheadOf } from './pack.ts';

/** Characters around the caret that every prompt shows. */
const shownBefore = 2000;
const shownAfter = 500;

/** Drops what says nothing new (its text stands in the prompt's window or in an earlier snippet) and what does not fit any more. */
export function withoutRepetition(snippets: readonly Snippet[], site: Site, maxChars: number): Snippet[] {
  const { text, caret } = site.snapshot;
  const shown = text.slice(Math.max(0, caret - shownBefore), caret + shownAfter);
  const kept: Snippet[] = [];
  let left = maxChars;
  for (const snippet of snippets) {
    const cost = snippet.text.length + overheadOf(snippet.path);
    if (snippet.text.trim() === '' || cost > left) continue;
    if (snippet.text.length > 40 && shown.includes(snippet.text)) continue;
    if (kept.some((one) => one.text.includes(snippet.text))) continue;
    left -= cost;
    kept.push(snippet);
  }
  return kept;
}
