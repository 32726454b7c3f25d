import { expect, test } from 'vitest';
import { createBackend } from '../../../src/backends/index.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { problemOf } from '../../../src/editor/problems.ts';
import { english } from '../../../src/editor/words.ts';
import type { Script } from '../../support/modelServer.ts';
import { answerOf, failureOf, portsWith, requestFor, serverWith, settingsWith } from './rig.ts';

/** What the user reads when the cloud is asked like this. */
async function readFor(change: Partial<Settings>, ports: Parameters<typeof portsWith>[0]): Promise<string> {
  const settings = settingsWith({ backend: 'cloud', ...change });
  const backend = createBackend('cloud', settings, portsWith({ key: async () => 'k', retries: 0, ...ports }));
  return problemOf(await failureOf(backend, requestFor(settings)), english).sentence;
}

const settingsCases: readonly (readonly [string, Partial<Settings>, string])[] = [
  ['an address that is none', { 'cloud.endpoint': 'ht tp://x' }, 'Write it like http://127.0.0.1:8080'],
  ['another scheme', { 'cloud.endpoint': 'ftp://x' }, 'must begin with http:// or https://'],
  ['a password in the address', { 'cloud.endpoint': 'https://a:b@x' }, 'Take the name and password out'],
  ['the credentials of a cloud machine', { 'cloud.endpoint': 'http://169.254.169.254/' }, 'no model server'],
  ['a service without its address', { 'cloud.service': 'azure' }, 'No address is set for this service'],
  ['a service that is no more', { 'cloud.service': 'github' }, 'was shut down'],
  ['a key for a server in the network', { 'cloud.endpoint': 'http://192.168.0.9:8000' }, 'over https only'],
];

test.each(settingsCases)(
  'the settings hold %s: the user reads what to write instead',
  async (_what, change, words) => {
    expect(await readFor(change, {})).toContain(words);
  },
);

test.each([
  ['a certificate for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', 'is for another name'],
  ['a certificate of its own making', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'is not trusted'],
  ['no https', 'ERR_SSL_WRONG_VERSION_NUMBER', 'Write http:// in the address'],
  ['a proxy that opens no tunnel', 'UND_ERR_ABORTED', 'http.proxyAuthorization'],
] as const)('the way leads to %s: the user reads what to do', async (_what, code, words) => {
  const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: { code } }));
  expect(await readFor({}, { fetch })).toContain(words);
});

const serverCases: readonly (readonly [string, Partial<Script>, string])[] = [
  ['a web page', { fault: { kind: 'html' } }, 'A web page answers at this address'],
  [
    'a web page with an error',
    { fault: { kind: 'status', status: 404, body: '<html>' } },
    'A web page answers',
  ],
  ['another address', { fault: { kind: 'redirect', to: 'http://127.0.0.1:9/' } }, 'sends requests elsewhere'],
  ['that it loads its model', { starting: true }, 'is loading its model'],
];

test.each(serverCases)(
  'the server answers with %s: the user reads what that means',
  async (_what, script, words) => {
    const server = await serverWith(script);
    expect(await readFor({ 'cloud.endpoint': server.origin }, {})).toContain(words);
  },
);

test('a proxy on the way wants a password: the user reads where to set it', async () => {
  const fetch = async () => new Response('<html>Proxy</html>', { status: 407 });
  expect(await readFor({}, { fetch })).toContain('http.proxyAuthorization');
});

test('a key with a line break is the key without it, and one with other characters is none', async () => {
  const server = await serverWith({ text: 'x', key: 'sk-one-two' });
  const settings = settingsWith({ 'cloud.endpoint': server.origin });
  const pasted = createBackend('cloud', settings, portsWith({ key: async () => 'sk-one-\r\ntwo\n' }));
  expect((await answerOf(pasted, requestFor(settings))).text).toBe('x');
  const words = await readFor({ 'cloud.endpoint': server.origin }, { key: async () => 'ключ' });
  expect(words).toContain('characters that no key has');
});
