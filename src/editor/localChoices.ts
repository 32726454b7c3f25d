import type { Translate } from './words.ts';

/** A model server that was found. */
export interface Found {
  readonly endpoint: string;
  readonly name: string;
  readonly kind: string;
  readonly models: readonly string[];
  /** locked: it asks for a key first; starting: it loads its model. */
  readonly state: 'ready' | 'locked' | 'starting';
}

/** What choosing needs to know of the backends. */
export interface ChoicePorts {
  readonly pullable: readonly { readonly name: string; readonly size: string; readonly fits: string }[];
  recommended(models: readonly string[]): string | undefined;
}

/** One line of the list that is chosen from. */
export interface Choice {
  readonly label: string;
  readonly description?: string;
  /** use, or fetch first; enter an address; unlock with a key, or look again; nothing: the head of what follows. */
  readonly act: 'use' | 'fetch' | 'enter' | 'unlock' | 'look' | 'nothing';
  readonly endpoint: string;
  readonly model: string;
}

/** What can be chosen: the models of each server under its name, those that Ollama can fetch, and an address of one's own. */
export function choicesOf(found: readonly Found[], ports: ChoicePorts, t: Translate): readonly Choice[] {
  const servers = found.flatMap((server) => {
    const head = { label: `${server.name} · ${server.endpoint}`, act: 'nothing', model: '' } as const;
    return [{ ...head, endpoint: server.endpoint }, ...choicesAt(server, ports, t)];
  });
  const enter = {
    label: `$(globe) ${t('Enter an address…')}`,
    description: t('of a server elsewhere, such as your team’s'),
  };
  return [...servers, { ...enter, act: 'enter', endpoint: '', model: '' }];
}

function choicesAt(
  { endpoint, kind, models, state }: Found,
  ports: ChoicePorts,
  t: Translate,
): readonly Choice[] {
  const one = (act: Choice['act'], label: string, description: string, model = ''): Choice => ({
    label,
    description,
    act,
    endpoint,
    model,
  });
  if (state === 'locked') return [one('unlock', `$(key) ${endpoint}`, t('asks for a key'))];
  if (state === 'starting') return [one('look', `$(sync) ${endpoint}`, t('loads its model: look again'))];
  const best = ports.recommended(models);
  const present = models.map((model) => one('use', model, model === best ? t('recommended') : '', model));
  const fetchable = ports.pullable
    .filter(({ name }) => kind === 'ollama' && !models.includes(name))
    .map(({ name, size, fits }) =>
      one('fetch', `$(cloud-download) ${name}`, t('download, {0}, for {1}', size, fits), name),
    );
  const all = [...present, ...fetchable];
  return all.length > 0 ? all : [one('use', endpoint, t('the model that it serves'))];
}
