import { cloudModel, cloudTarget } from './backends/cloud.ts';
import { findServers } from './backends/detect.ts';
import { endpointOf } from './backends/endpoint.ts';
import { keyOrigins } from './backends/keyOrigins.ts';
import { lookAtServer } from './backends/look.ts';
import { probeServer } from './backends/probe.ts';
import { pullModel } from './backends/pull.ts';
import { pullableModels, recommendedModel } from './backends/recommend.ts';
import { serviceNamed } from './backends/services.ts';
import type { Clock } from './core/ports.ts';
import type { Settings } from './core/settings.ts';
import { type CloudModel, enterKey, setApiKey, switchBackend } from './editor/backendCommands.ts';
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
      await setApiKey(keys, keyOrigins(settings.general()));
      engine.chain.forgive();
      changed();
    },
    switchBackend: () =>
      switchBackend(inUse(settings.general()), {
        cloudModels,
        lacksKey,
        setKey: async () => {
          const target = cloudTarget(settings.general());
          if (target.kind === 'ok') await enterKey(keys, target.endpoint.origin);
          engine.chain.forgive();
          changed();
        },
        setUpLocalModel: choice.setUpLocalModel,
      }),
    async setUpLocalModel() {
      const { backendPorts: ports } = engine;
      const further = [settings.general()['local.endpoint']];
      await setUpLocalModel({
        find: async (signal) => {
          const found = await findServers(ports.fetch, clock, further, signal);
          // A server that asks for a key says more to whoever has stored one.
          return Promise.all(
            found.map(async (server) =>
              server.state === 'locked'
                ? ((await lookAtServer(server.endpoint, ports, signal)) ?? server)
                : server,
            ),
          );
        },
        look: (address, signal) => lookAtServer(address, ports, signal),
        complaint: (address) => {
          const endpoint = endpointOf(address);
          return endpoint.kind === 'bad' ? endpoint.message : undefined;
        },
        enterKey: async (address) => {
          const endpoint = endpointOf(address);
          if (endpoint.kind === 'ok') await enterKey(keys, endpoint.origin);
        },
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
    const { 'cloud.service': service, 'cloud.model': current, prices } = inUse(settings.general());
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

/** The settings with the model that is really asked, where the service brings its own. */
function inUse(settings: Settings): Settings {
  return { ...settings, 'cloud.model': cloudModel(settings) };
}
