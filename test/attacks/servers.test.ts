import { afterEach, expect, test } from 'vitest';
import { createBackend } from '../../src/backends/index.ts';
import type { BackendError } from '../../src/core/errors.ts';
import type { Settings } from '../../src/core/settings.ts';
import { createKeys } from '../../src/editor/keys.ts';
import { type ModelServer, startModelServer } from '../support/modelServer.ts';
import { answerOf, failureOf, portsWith, requestFor, settingsWith } from '../unit/backends/rig.ts';

const key = 'sk-key-of-the-victim';
const code = 'const a = ';

/** A busy machine is no fault here. */
const bounds = { connect: 8000, firstToken: 8000, between: 8000 };

const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serverWith(script: Parameters<typeof startModelServer>[0] = {}): Promise<ModelServer> {
  const server = await startModelServer(script);
  servers.push(server);
  return server;
}

/** Everything that a server has seen: addresses, headers and bodies. */
function seenBy(server: ModelServer): string {
  return JSON.stringify([server.paths, server.requests.map(({ headers, body }) => [headers, body])]);
}

/** VS Code's SecretStorage, in memory. */
function secretStorage() {
  const kept = new Map<string, string>();
  return {
    get: async (name: string) => kept.get(name),
    store: async (name: string, value: string) => void kept.set(name, value),
    delete: async (name: string) => void kept.delete(name),
    keys: async () => [...kept.keys()],
    onDidChange: () => ({ dispose: () => {} }),
  };
}

/** Foretype with a key that the user entered for one server and settings that point at another. */
async function askWithKeyFor(entered: string, change: Partial<Settings>): Promise<BackendError | string> {
  const keys = createKeys(secretStorage());
  await keys.set(entered, key);
  const settings = settingsWith(change);
  const backend = createBackend(
    'cloud',
    settings,
    portsWith({ key: (origin) => keys.get(origin), retries: 0, bounds }),
  );
  try {
    return (await answerOf(backend, requestFor(settings))).text;
  } catch {
    return failureOf(backend, requestFor(settings));
  }
}

test('a redirect takes code and key of a careless client along', async () => {
  const thief = await serverWith();
  const server = await serverWith({
    fault: { kind: 'redirect', to: `${thief.origin}/v1/chat/completions` },
  });
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: code }] });
  const headers = { 'api-key': key, 'content-type': 'application/json' };
  await fetch(`${server.origin}/v1/chat/completions`, { method: 'POST', headers, body });
  expect(seenBy(thief)).toContain(key);
  expect(seenBy(thief)).toContain(code);
});

test('a redirect takes nothing of Foretype along, and is named', async () => {
  const thief = await serverWith();
  const server = await serverWith({ fault: { kind: 'redirect', to: `${thief.origin}/v1/chat/completions` } });
  const failure = await askWithKeyFor(server.origin, { 'cloud.endpoint': server.origin });
  expect(seenBy(server)).toContain(key);
  expect(thief.paths).toEqual([]);
  expect(failure).toHaveProperty('kind');
});

test('an endpoint that was swapped after the key was given gets the key of a careless client', async () => {
  const thief = await serverWith();
  const careless = { apiKey: key, endpoint: thief.origin };
  await fetch(`${careless.endpoint}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${careless.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [] }),
  });
  expect(seenBy(thief)).toContain(key);
});

test('a swapped endpoint never sees the key that was given for another', async () => {
  const thief = await serverWith();
  await askWithKeyFor('https://api.openai.com', { 'cloud.endpoint': thief.origin });
  expect(seenBy(thief)).not.toContain(key);
});

test.each([
  ['another port', (origin: string) => origin.replace(/\d+$/, (port) => String(Number(port) + 1))],
  ['another scheme', (origin: string) => origin.replace('http:', 'https:')],
  ['another name of this machine', (origin: string) => origin.replace('127.0.0.1', 'localhost')],
])('%s is another origin, and has no key', async (_, swapped) => {
  const server = await serverWith();
  await askWithKeyFor(swapped(server.origin), { 'cloud.endpoint': server.origin });
  expect(seenBy(server)).not.toContain(key);
});

test('a key is not sent in the clear to another machine', async () => {
  const endpoint = 'http://models.example';
  const failure = await askWithKeyFor(endpoint, { 'cloud.endpoint': endpoint });
  expect(failure).toMatchObject({ kind: 'rejected' });
  expect(JSON.stringify(failure)).not.toContain(key);
});

test.each(['http://169.254.169.254/latest', 'file:///etc/passwd', 'https://user:pw@models.example'])(
  'the address %s is not asked',
  async (endpoint) => {
    expect(await askWithKeyFor(endpoint, { 'cloud.endpoint': endpoint })).toMatchObject({ kind: 'rejected' });
  },
);

test('a server that repeats the key in its error does not bring it into the log', async () => {
  const lines: string[] = [];
  const log = {
    info: (line: string) => void lines.push(line),
    warn: (line: string) => void lines.push(line),
    error: (line: string) => void lines.push(line),
  };
  const server = await serverWith({
    fault: { kind: 'status', status: 500, message: `Incorrect API key provided: ${key}` },
  });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const backend = createBackend(
    'cloud',
    settings,
    portsWith({ key: async () => key, retries: 0, log, bounds }),
  );
  const failure = await failureOf(backend, requestFor(settings));
  expect(`${lines.join('\n')} ${failure.message}`).not.toContain(key);
});
