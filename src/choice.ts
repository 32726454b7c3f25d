import { cloudTarget } from './backends/cloud.ts';
import { findServers } from './backends/detect.ts';
import { probeServer } from './backends/probe.ts';
import { pullModel } from './backends/pull.ts';
import { pullableModels, recommendedModel } from './backends/recommend.ts';
import { serviceNamed } from './backends/services.ts';
import type { Clock } from './core/ports.ts';
import { type CloudModel, setApiKey, switchBackend } from './editor/backendCommands.ts';
import type { Keys } from './editor/keys.ts';
import { setUpLocalModel } from './editor/localSetup.ts';
import type { SettingsReader } from './editor/settings.ts';
import type { Engine } from './engine.ts';
import { priceOf, relativesOf } from './usage/prices.ts';

/** What choosing needs of the rest. */
interface ChoiceParts {
  readonly settings: SettingsReader;
  readonly keys: Keys;
  readonly engine: Engine;
  readonly clock: Clock;
  /** What was written under the old choice is not to be shown. */
  changed(): void;
}

/** The commands by which the user chooses who completes, by name. */
export interface Choice {
  setApiKey(): Promise<void>;
  switchBackend(): Promise<void>;
  setUpLocalModel(): Promise<void>;
}

/** Wires the commands that choose a backend, a model and a key to the backends. */
export function createChoice({ settings, keys, engine, clock, changed }: ChoiceParts): Choice {
  const choice: Choice = {
    async setApiKey() {
      const target = cloudTarget(settings.general());
      await setApiKey(keys, target.kind === 'ok' ? target.endpoint.origin : undefined);
      engine.chain.forgive();
      changed();
    },
    switchBackend: () =>
      switchBackend(settings.general(), {
        cloudModels,
        lacksKey,
        setKey: choice.setApiKey,
        setUpLocalModel: choice.setUpLocalModel,
      }),
    async setUpLocalModel() {
      const { backendPorts: ports } = engine;
      const further = [settings.general()['local.endpoint']];
      await setUpLocalModel({
        find: (signal) => findServers(ports.fetch, clock, further, signal),
        probe: (endpoint, model, signal) => probeServer(endpoint, model, ports, signal),
        pull: (endpoint, model, progress, signal) => pullModel(endpoint, model, ports, progress, signal),
        pullable: pullableModels,
        recommended: recommendedModel,
      });
      engine.chain.forgive();
    },
  };
  return choice;

  function cloudModels(): readonly CloudModel[] {
    const { 'cloud.service': service, 'cloud.model': current, prices } = settings.general();
    const names = new Set([current, ...relativesOf(serviceNamed(service)?.model ?? current)]);
    return [...names].map((name) => {
      const { price, known } = priceOf(name, prices);
      return { name, price: known ? price : undefined };
    });
  }

  /** Whether the cloud is certain to refuse, for there is no key; a server on this machine may want none. */
  async function lacksKey(): Promise<boolean> {
    const target = cloudTarget(settings.general());
    if (target.kind === 'bad' || target.endpoint.loopback) return false;
    return (await keys.get(target.endpoint.origin)) === undefined;
  }
}
