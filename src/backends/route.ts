import type { BackendRequest } from '../core/ports.ts';
import type { Dialect } from '../core/prompt.ts';
import type { Settings } from '../core/settings.ts';
import type { Abilities } from './abilities.ts';
import { chatAsk, infillAsk, ollamaAsk, ownFields, textAsk } from './asks.ts';
import type { Ask } from './negotiate.ts';
import type { ServerKind } from './server.ts';
import { anyServer } from './services.ts';

/** How a server is asked for code: settled by the setting, or by what the server can do. */
export type Route = 'chat' | 'completions' | 'infill' | 'ollama';

/** The way to ask that the setting wants or, left alone, the best of those that the server has. */
export function routeFor(
  protocol: Settings['local.protocol'],
  abilities: Abilities | undefined,
  template: string | undefined,
): Route {
  if (protocol !== 'auto') return protocol;
  if (abilities === undefined) return 'chat';
  if (abilities.fill === 'infill') return 'infill';
  if (abilities.server === 'ollama') {
    // Without a template of its own for it, Ollama can only talk about code.
    const writes = abilities.fill === 'suffix' || template !== undefined;
    return writes || abilities.base === undefined ? 'ollama' : 'chat';
  }
  // A model family whose template is known writes code better in the middle than in a conversation.
  const better = template !== undefined || !abilities.chat;
  return abilities.completions && better ? 'completions' : 'chat';
}

/** The dialect of a way to ask. */
export function dialectFor(
  route: Route,
  template: string | undefined,
  abilities: Abilities | undefined,
): Dialect {
  if (route === 'infill') return { kind: 'fill' };
  if (route === 'chat') return { kind: 'chat' };
  if (template !== undefined) return { kind: 'text', template };
  if (route === 'ollama') return { kind: abilities?.fill === 'none' ? 'chat' : 'fill' };
  // A model that cannot be talked to goes on with what stands before the caret.
  return abilities?.chat === false ? { kind: 'text', template: 'plain' } : { kind: 'chat' };
}

/** The request, and whether it goes to the server's own paths instead of those of OpenAI's protocol. */
export function askFor(
  route: Route,
  model: string,
  { prompt, site }: BackendRequest,
  server: ServerKind | undefined,
): { readonly ask: Ask; readonly own: boolean } {
  if (route === 'ollama') return { ask: ollamaAsk(model, prompt, site.snapshot.path), own: true };
  if (prompt.kind === 'fill') return { ask: infillAsk(model, prompt), own: true };
  const own = server === undefined ? {} : ownFields(server, prompt);
  const ask =
    prompt.kind === 'text' ? textAsk(anyServer, model, prompt) : chatAsk(anyServer, model, prompt, '');
  return { ask: { ...ask, optional: { ...ask.optional, ...own } }, own: false };
}
