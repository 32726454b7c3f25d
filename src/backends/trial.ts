import { withoutUserText } from '../core/cleared.ts';
import type { Backend, BackendRequest } from '../core/ports.ts';
import type { Prompt } from '../core/prompt.ts';
import type { Settings } from '../core/settings.ts';
import type { Site } from '../core/site.ts';

/** Nobody's code: what is asked to see whether a backend answers. */
const site: Site = {
  snapshot: {
    uri: 'foretype:trial',
    path: 'trial.ts',
    languageId: 'typescript',
    version: 1,
    text: 'const one = ',
    caret: 12,
    indentUnit: '  ',
  },
  zone: 'code',
  extent: 'line',
  scopes: [],
  nextLine: '',
};

/** The cheapest question that a backend can be asked: one token, in its own dialect. */
export function trialRequest(backend: Backend, settings: Settings): BackendRequest {
  return { prompt: withoutUserText(trialPrompt(backend)), site, settings };
}

function trialPrompt({ dialect }: Backend): Prompt {
  const { text } = site.snapshot;
  const bounds = { stop: [], maxTokens: 1 };
  if (dialect.kind === 'chat')
    return { kind: 'chat', messages: [{ role: 'user', content: text }], ...bounds };
  if (dialect.kind === 'fill') return { kind: 'fill', prefix: text, suffix: '', snippets: [], ...bounds };
  return { kind: 'text', text, ...bounds };
}
