import { defaultSettings, type Settings } from '../core/settings.ts';
import { cloudTarget } from './cloud.ts';
import { endpointOf } from './endpoint.ts';

/** An address that a key can be kept for. */
export interface KeyOrigin {
  /** How the user knows it. */
  readonly name: string;
  readonly origin: string;
}

/** The addresses that the settings ask or may ask, the chosen backend's first; one that cannot be used is left out. */
export function keyOrigins(settings: Settings): readonly KeyOrigin[] {
  const inLine = [settings.backend, ...settings.fallback];
  const target = cloudTarget(settings);
  const local = endpointOf(settings['local.endpoint']);
  const own = settings['local.endpoint'] !== defaultSettings['local.endpoint'];
  // Whoever has chosen nothing yet stores a key for the cloud first, and for a server of theirs once its address is set.
  const cloudCounts = inLine.includes('cloud') || !inLine.includes('local');
  const localCounts = inLine.includes('local') || own;
  const origins: KeyOrigin[] = [];
  if (cloudCounts && target.kind === 'ok') {
    origins.push({ name: target.service.name, origin: target.endpoint.origin });
  }
  if (localCounts && local.kind === 'ok') {
    origins.push({ name: new URL(local.origin).host, origin: local.origin });
  }
  return settings.backend === 'local' ? origins.reverse() : origins;
}
