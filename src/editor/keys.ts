import type * as vscode from 'vscode';

/** The secret that holds the key for an origin. */
const secretOf = (origin: string) => `foretype.key ${origin}`;

/** API keys, each bound to the origin that it was entered for. */
export interface Keys {
  get(origin: string): Promise<string | undefined>;
  set(origin: string, key: string): Promise<void>;
  delete(origin: string): Promise<void>;
}

/** Keys in VS Code's SecretStorage, and nowhere else. */
export function createKeys(secrets: vscode.SecretStorage): Keys {
  return {
    get: async (origin) => (await secrets.get(secretOf(origin))) || undefined,
    set: async (origin, key) => secrets.store(secretOf(origin), key),
    delete: async (origin) => secrets.delete(secretOf(origin)),
  };
}
