import type { Compose } from '../core/ports.ts';
import { boundsOf } from './budget.ts';
import { composeChat } from './chat.ts';
import { composeFill, composeText } from './fill.ts';
import { createMarks } from './marks.ts';
import type { CountTokens } from './tokens.ts';

export { createComposeExplain } from './explain.ts';
export { templateForModel } from './templates.ts';
export { createCounter, loadTokenizer } from './tokens.ts';

/** What composing needs from outside. */
export interface ComposeOptions {
  /** The model's tokenizer, or an estimate. */
  readonly count: CountTokens;
  /** Letters and digits that nobody can guess; new ones each time. */
  readonly random: () => string;
}

/** Makes the function that says a place and its snippets in a backend's dialect, within the settings' budget. */
export function createCompose(options: ComposeOptions): Compose {
  const { count } = options;
  const marks = createMarks(options.random);
  return (site, snippets, dialect, settings) => {
    const bounds = boundsOf(site, settings);
    switch (dialect.kind) {
      case 'chat':
        return composeChat(site, snippets, { bounds, maxLines: settings['suggest.maxLines'], count, marks });
      case 'fill':
        return composeFill(site, snippets, bounds, count);
      case 'text':
        return composeText(site, snippets, dialect.template, bounds, count);
    }
  };
}
