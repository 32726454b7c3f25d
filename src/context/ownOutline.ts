import type { Snippet } from '../core/prompt.ts';
import { prefixOf } from '../core/snapshot.ts';
import { overheadOf } from './pack.ts';
import type { Scene } from './scene.ts';
import { wordsOf } from './words.ts';

/** What a prompt shows of the current file around the caret at the least, in characters; what lies further out is told in outline. */
const windowBefore = 2000;
const windowAfter = 500;

/** The headers of the scopes around the caret, and the current file's own definitions, as far as both lie outside of the prompt's window. */
export function gatherOwnOutline({ site, own, nearWords }: Scene, maxChars: number): Snippet[] {
  const { snapshot, scopes } = site;
  const start = snapshot.caret - windowBefore;
  const end = snapshot.caret + windowAfter;
  const outside = (offset: number) => offset < start || offset > end;
  const chosen = new Set<string>();
  let left = maxChars - overheadOf(snapshot.path);

  const headers: string[] = [];
  for (const scope of [...scopes].reverse()) {
    if (!outside(scope.start)) continue;
    const header = own.definitions.find(
      ({ span }) => span.start <= scope.start && scope.end <= span.end && outside(span.start),
    );
    const line = header?.signature ?? firstLineAt(prefixOf(snapshot), scope.start);
    if (chosen.has(line) || line.length < 3 || line.length + 1 > left) continue;
    left -= line.length + 1;
    chosen.add(line);
    headers.push(line);
  }
  const ranked = own.definitions
    .filter(({ span, local }) => !local && outside(span.start))
    .map((definition) => ({ definition, score: likeness(definition.name, nearWords) }))
    .sort((a, b) => b.score - a.score);
  const lines: { readonly at: number; readonly text: string }[] = [];
  for (const { definition } of ranked) {
    const { signature, span } = definition;
    if (chosen.has(signature) || signature.length + 1 > left) continue;
    left -= signature.length + 1;
    chosen.add(signature);
    lines.push({ at: span.start, text: signature });
  }
  const text = [...headers, ...lines.sort((a, b) => a.at - b.at).map((line) => line.text)].join('\n');
  return text === '' ? [] : [{ source: 'own', path: snapshot.path, text, weight: 0.3 }];
}

function firstLineAt(text: string, offset: number): string {
  const newline = text.indexOf('\n', offset);
  return text.slice(offset, newline < 0 ? offset + 200 : Math.min(newline, offset + 200)).trim();
}

function likeness(name: string, nearWords: ReadonlyMap<string, number>): number {
  return Math.max(0, ...wordsOf(name).map((word) => nearWords.get(word) ?? 0));
}
