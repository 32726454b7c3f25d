import type { Settings } from '../core/settings.ts';
import { cloudTarget } from './cloud.ts';
import { endpointOf } from './endpoint.ts';

/** An address that a key can be kept for. */
export interface KeyOrigin {
  /** How the user knows it. */
  readonly name: string;
  readonly origin: string;
}

/**
 * The addresses whose answers the settings ask for, the chosen backend's first; the cloud's where neither was chosen. An address that
 * cannot be used is left out, and so is a server on this machine that only steps in: few of them want a key, and every question more
 * is one too many.
 */
export function keyOrigins(settings: Settings): readonly KeyOrigin[] {
  const inLine = [...new Set([settings.backend, ...settings.fallback])].filter((kind) => kind !== 'builtin');
  const kinds = inLine.length === 0 ? (['cloud'] as const) : inLine;
  return kinds.flatMap((kind) => (kind === 'cloud' ? cloudOrigin(settings) : localOrigin(settings)));
}

function cloudOrigin(settings: Settings): readonly KeyOrigin[] {
  const target = cloudTarget(settings);
  return target.kind === 'ok' ? [{ name: target.service.name, origin: target.endpoint.origin }] : [];
}

function localOrigin(settings: Settings): readonly KeyOrigin[] {
  const endpoint = endpointOf(settings['local.endpoint']);
  const counts = endpoint.kind === 'ok' && (settings.backend === 'local' || !endpoint.loopback);
  return counts ? [{ name: new URL(endpoint.origin).host, origin: endpoint.origin }] : [];
}
