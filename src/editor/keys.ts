import type * as vscode from 'vscode';

/** The secret that holds the key for an origin. */
const secretOf = (origin: string) => `foretype.key ${origin}`;

/** API keys, each bound to the origin that it was entered for. */
export interface Keys extends vscode.Disposable {
  get(origin: string): Promise<string | undefined>;
  set(origin: string, key: string): Promise<void>;
  delete(origin: string): Promise<void>;
}

/**
 * Keys in VS Code's SecretStorage, and nowhere else on disk. One that was read is remembered until it changes, in whichever window: asking the storage
 * takes the way to VS Code's main process and back, and each request would wait for that.
 */
export function createKeys(secrets: vscode.SecretStorage): Keys {
  const known = new Map<string, Promise<string | undefined>>();
  const changes = secrets.onDidChange(({ key }) => known.delete(key));
  const read = async (secret: string) => {
    try {
      return (await secrets.get(secret)) || undefined;
    } catch (error) {
      known.delete(secret);
      throw error;
    }
  };
  return {
    get: (origin) => {
      const secret = secretOf(origin);
      const key = known.get(secret) ?? read(secret);
      known.set(secret, key);
      return key;
    },
    set: async (origin, key) => {
      await secrets.store(secretOf(origin), key);
      known.delete(secretOf(origin));
    },
    delete: async (origin) => {
      await secrets.delete(secretOf(origin));
      known.delete(secretOf(origin));
    },
    dispose: () => changes.dispose(),
  };
}
