import { expect, test } from 'vitest';
import { createKeys } from '../../../src/editor/keys.ts';

/** A storage that several windows share, and how often it was asked. */
function storage() {
  const kept = new Map<string, string>();
  const listeners = new Set<(event: { key: string }) => void>();
  const tell = (key: string) => {
    for (const listener of listeners) listener({ key });
  };
  const counted = { reads: 0, fails: false };
  const secrets = {
    get: async (name: string) => {
      counted.reads += 1;
      if (counted.fails) throw new Error('The keyring is locked.');
      return kept.get(name);
    },
    store: async (name: string, value: string) => {
      kept.set(name, value);
      tell(name);
    },
    delete: async (name: string) => {
      kept.delete(name);
      tell(name);
    },
    keys: async () => [...kept.keys()],
    onDidChange: (listener: (event: { key: string }) => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  return { secrets, counted, listeners };
}

const origin = 'https://api.example.com';

test('the storage is asked once for a key, and for the absence of one', async () => {
  const { secrets, counted } = storage();
  const keys = createKeys(secrets);
  for (let request = 0; request < 3; request++) expect(await keys.get(origin)).toBeUndefined();
  await keys.set(origin, 'sk-1');
  for (let request = 0; request < 3; request++) expect(await keys.get(origin)).toBe('sk-1');
  expect(counted.reads).toBe(2);
});

test('a key that another window changes or takes away is read anew', async () => {
  const { secrets } = storage();
  const [here, there] = [createKeys(secrets), createKeys(secrets)];
  await here.set(origin, 'sk-1');
  expect(await here.get(origin)).toBe('sk-1');
  await there.set(origin, 'sk-2');
  expect(await here.get(origin)).toBe('sk-2');
  await there.delete(origin);
  expect(await here.get(origin)).toBeUndefined();
});

test('a storage that failed is asked again', async () => {
  const { secrets, counted } = storage();
  const keys = createKeys(secrets);
  await keys.set(origin, 'sk-1');
  counted.fails = true;
  await expect(keys.get(origin)).rejects.toThrow('locked');
  counted.fails = false;
  expect(await keys.get(origin)).toBe('sk-1');
});

test('nothing is listened to after the end', () => {
  const { secrets, listeners } = storage();
  createKeys(secrets).dispose();
  expect(listeners.size).toBe(0);
});
