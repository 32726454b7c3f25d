import type { Prompt, Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import { type Bounds, splitBudget } from './budget.ts';
import { templateOf } from './templates.ts';
import type { CountTokens } from './tokens.ts';

/** Tokens that a snippet takes besides its text: its path and separators. */
const perSnippet = 16;

/** Tokens of the control tokens and the path. */
const perPlace = 40;

/** Prefix, suffix and snippets apart, for servers that put them together themselves. */
export function composeFill(
  site: Site,
  snippets: readonly Snippet[],
  bounds: Bounds,
  count: CountTokens,
): Prompt {
  const parts = splitBudget(site, snippets, bounds.maxTokens - perPlace, count, perSnippet);
  return { kind: 'fill', ...parts, stop: stops(site), maxTokens: bounds.answerTokens };
}

/** One text with the model family's own control tokens; an unknown template is a plain throw, as settings are checked before. */
export function composeText(
  site: Site,
  snippets: readonly Snippet[],
  templateId: string,
  bounds: Bounds,
  count: CountTokens,
): Prompt {
  const template = templateOf(templateId);
  if (template === undefined) throw new Error(`There is no fill-in-the-middle template "${templateId}".`);
  const parts = splitBudget(
    site,
    template.file === '' ? [] : snippets,
    bounds.maxTokens - perPlace,
    count,
    perSnippet,
  );
  const files = parts.snippets.map((snippet) =>
    fillIn(template.file, { path: snippet.path, text: snippet.text }),
  );
  const among = files.length > 0 ? template.among : { head: '', form: template.form };
  const own = fillIn(among.form, { path: site.snapshot.path, prefix: parts.prefix, suffix: parts.suffix });
  return {
    kind: 'text',
    text: `${among.head}${files.join('')}${own}`,
    stop: template.stop.slice(0, 4),
    maxTokens: bounds.answerTokens,
  };
}

/** Puts values into a form, once each: what a value holds is not looked at again. */
function fillIn(form: string, values: Readonly<Record<string, string>>): string {
  return form.replace(/\{(prefix|suffix|path|text)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A blank stretch ends an answer; the rest of a line ends with it, cut by the filters, as the model may begin with a line break. */
function stops(site: Site): readonly string[] {
  return site.extent === 'line' ? ['\n\n'] : ['\n\n\n'];
}
