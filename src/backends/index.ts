import type { Backend } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';
import { createCloud } from './cloud.ts';
import { createLocal } from './localAnywhere.ts';
import type { BackendPorts } from './ports.ts';

export type { BackendPorts } from './ports.ts';

/** Makes the backend that the settings describe. Cheap: nothing is sent, and the SDK is not loaded before the first request. */
export function createBackend(kind: 'cloud' | 'local', settings: Settings, ports: BackendPorts): Backend {
  return kind === 'cloud' ? createCloud(settings, ports) : createLocal(settings, ports);
}
