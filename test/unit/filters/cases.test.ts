import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Refine, Verdict } from '../../../src/core/answer.ts';
import { silentReasons } from '../../../src/core/outcome.ts';
import type { Site } from '../../../src/core/site.ts';
import { createRefine } from '../../../src/filters/index.ts';
import { siteAt } from './siteAt.ts';

/**
 * One file of cases for each filter. A case is a title after `## `, the document with the caret, the model's answer, and the document with
 * the suggestion between ├ and ┤ (╣ ends what it replaces), or the reason why nothing is shown. `\r`, `\u200b` and the like are
 * written out; a line `language: python` holds from there on. `reach: on` looks at what is read past the first part, for the next suggestion.
 */
const folder = join(import.meta.dirname, '../../cases/filters');

const refine = createRefine({ maxLines: 8 });

interface Case {
  readonly title: string;
  readonly site: Site;
  readonly answer: string;
  readonly shown: string;
  readonly reach: 'first' | 'on';
}

for (const file of readdirSync(folder)) {
  describe(file.replace('.txt', ''), () => {
    for (const { title, site, answer, shown, reach } of casesOf(readFileSync(join(folder, file), 'utf8'))) {
      test(title, () => {
        const reading: Refine = (given, at) => refine(given, at, reach);
        const verdict = reading({ text: answer, ended: true, tokens: [] }, site);
        expect(drawn(verdict, site)).toBe(shown);
        expectGrowth(reading, answer, site, verdict);
      });
    }
  });
}

/** The document with the suggestion in it, or the reason. */
function drawn(verdict: Verdict, site: Site): string {
  if (verdict.kind === 'drop') return `nothing: ${verdict.reason}`;
  const { text, caret } = site.snapshot;
  const end = caret + verdict.replace;
  const replaced = verdict.replace === 0 ? '' : `${text.slice(caret, end)}╣`;
  const start = caret - (verdict.outdent ?? 0);
  return escaped(`${text.slice(0, start)}├${verdict.text}┤${replaced}${text.slice(end)}`);
}

/** Character by character, the text only grows into what the whole answer gives. */
function expectGrowth(refine: Refine, answer: string, site: Site, last: Verdict) {
  let shown = '';
  const end = last.kind === 'drop' ? '' : last.text;
  for (let length = 0; length <= answer.length; length++) {
    const verdict = refine({ text: answer.slice(0, length), ended: false, tokens: [] }, site);
    if (verdict.kind === 'drop') {
      expect(end).toBe('');
      return;
    }
    expect(verdict.text.startsWith(shown), `${JSON.stringify(shown)} grows`).toBe(true);
    shown = verdict.text;
    if (verdict.kind === 'finish') {
      expect(verdict).toEqual(last);
      return;
    }
  }
  expect(end.startsWith(shown), `${JSON.stringify(shown)} ends as ${JSON.stringify(end)}`).toBe(true);
}

function casesOf(text: string): Case[] {
  let languageId = 'typescript';
  return text.split(/^## /m).flatMap((part, index) => {
    const language = /^language: (.*)$/m.exec(part);
    const [head = '', document = '', answer = '', shown = ''] = part
      .replace(/^language: .*\n+/m, '')
      .split(/^--- ?(?:document|answer|shown)\n/m)
      .map((section) => section.replace(/\n+$/, ''));
    const mine = languageId;
    if (language?.[1] !== undefined) languageId = language[1];
    if (index === 0) return [];
    const written = unescaped(document);
    const caret = written.indexOf('█');
    const zone = /^zone: (code|comment|string)$/m.exec(head)?.[1] as Site['zone'] | undefined;
    const site = siteAt(written.replace('█', ''), caret, { languageId: mine, ...(zone && { zone }) });
    const reason = /^nothing: (.*)$/.exec(shown)?.[1];
    if (reason !== undefined && !(reason in silentReasons)) throw new Error(`no such reason: ${reason}`);
    const reach = /^reach: on$/m.test(head) ? 'on' : 'first';
    return [{ title: head.split('\n')[0] ?? '', site, answer: unescaped(answer), shown, reach }];
  });
}

function unescaped(text: string): string {
  return text
    .replaceAll('\\r', '\r')
    .replaceAll('\\t', '\t')
    .replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function escaped(text: string): string {
  return text.replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}
