import { expect, test } from 'vitest';
import type { Prompt, Snippet } from '../../../src/core/prompt.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import type { Site } from '../../../src/core/site.ts';
import { createPrivacy } from '../../../src/privacy/index.ts';
import { at, siteOf } from '../../support/caret.ts';

const secret = 'Zk3nQ8xW2vB7mT5yR1pL';
const never = new AbortController().signal;

function privacyOf(files: Record<string, string> = {}) {
  return createPrivacy({
    read: async (path) => files[path],
    realPath: async (path) => path,
    openedByUser: () => true,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    clock: { date: () => 0 },
  });
}

const siteAt = (text: string): Site => siteOf(at(text, { path: 'a.ts' }));

function marked({ snapshot: { text, caret } }: Site): string {
  return `${text.slice(0, caret)}█${text.slice(caret)}`;
}

const snippet = (path: string, text: string): Snippet => ({ source: 'test', path, text, weight: 1 });

test('the place keeps its text and caret, with placeholders for secrets on both sides', () => {
  const place = siteAt(`const token = "${secret}";\ncall(█);\nconst password = "pa55w0rd!";\n`);
  const cleared = marked(privacyOf().clear(place, [], defaultSettings).site);
  expect(cleared).not.toContain(secret);
  expect(cleared).not.toContain('pa55w0rd!');
  expect(cleared.replace(/".*?"/g, '""')).toBe('const token = "";\ncall(█);\nconst password = "";\n');
});

test.each(['npm_k3Jd8', 'AKIAGQJG2N', 'sk_live_jfW1o', 'glpat-Wj_vo9'])(
  'of the token %s that is being typed no more than its public beginning is sent',
  (token) => {
    const { text } = privacyOf().clear(siteAt(`use(${token}█`), [], defaultSettings).site.snapshot;
    expect(text).not.toContain(token);
    expect(text).toHaveLength(4 + token.length);
  },
);

test.each([
  're_match3d',
  'test_user1b',
  'db_x86',
  'api_v2x',
  'key_2fa',
  'self.value2',
  'npm_config2',
  'hf_model_3b',
])('the name %s that is being typed stays, however tokens begin', (name) => {
  expect(marked(privacyOf().clear(siteAt(`use(${name}█`), [], defaultSettings).site)).toBe(`use(${name}█`);
});

test('a secret that the caret stands in is hidden on both sides', () => {
  const place = siteAt(`const token = "${secret.slice(0, 9)}█${secret.slice(9)}";`);
  const { text } = privacyOf().clear(place, [], defaultSettings).site.snapshot;
  expect(text).not.toContain(secret.slice(0, 9));
  expect(text).not.toContain(secret.slice(9));
});

test('hidden characters before the caret move it with the text', () => {
  const place = siteAt('a\u200b\u202eb\ncd\u2066█ef\u2069\n\n  next\u200b line\n');
  const { site } = privacyOf().clear(place, [], defaultSettings);
  expect(marked(site)).toBe('ab\ncd█ef\n\n  next line\n');
  expect(site.nextLine).toBe('  next line');
});

test('scopes point at the same text as before', () => {
  const place = siteAt('x\u200by {\n  in█side\n}\n');
  const inside = place.snapshot.text.indexOf('{');
  const scoped = { ...place, scopes: [{ start: inside, end: place.snapshot.text.length }] };
  const { site } = privacyOf().clear(scoped, [], defaultSettings);
  expect(site.scopes.map(({ start, end }) => site.snapshot.text.slice(start, end))).toEqual([
    '{\n  inside\n}\n',
  ]);
});

test('text far from the caret is cut off, so that nobody can send it', () => {
  const far = 'far away\n';
  const place = siteAt(`${far.repeat(10_000)}near █here\n${far.repeat(10_000)}`);
  const { site } = privacyOf().clear(place, [], defaultSettings);
  expect(site.snapshot.text.length).toBeLessThan(40_000);
  expect(site.snapshot.text.slice(site.snapshot.caret - 5, site.snapshot.caret + 4)).toBe('near here');
  expect(site.snapshot.text.startsWith('far away\n')).toBe(true);
});

test('snippets are cleared too, and one of a refused file is left out', async () => {
  const privacy = privacyOf({ '.gitignore': 'private/' });
  const snippets = [
    snippet('lib/b.ts', `// key: ${secret}\u200b`),
    snippet('private/c.ts', 'plan'),
    snippet('.env', 'A=b'),
  ];
  for (const { path } of snippets) await privacy.policy.prepare(path, never);
  const cleared = privacy.clear(siteAt('█'), snippets, defaultSettings);
  expect(cleared.snippets.map(({ path }) => path)).toEqual(['lib/b.ts']);
  expect(cleared.snippets[0]?.text).toMatch(/^\/\/ key: \w{20}$/);
  expect(cleared.snippets[0]?.text).not.toContain(secret);
});

test('sealing finds what was put together only in the prompt', () => {
  const { seal } = privacyOf().clear(siteAt('█'), [], defaultSettings);
  const prompt: Prompt = { kind: 'text', text: `password: ${secret}\n`, stop: [], maxTokens: 9 };
  expect(JSON.stringify(seal(prompt).prompt)).not.toContain(secret);
});

test('an answer that repeats a placeholder gets the secret back', () => {
  const cleared = privacyOf().clear(siteAt(`const token = "${secret}";\n█`), [], defaultSettings);
  const placeholder = /"(.*)"/.exec(cleared.site.snapshot.text)?.[1] ?? '';
  const { restore } = cleared.seal({
    kind: 'text',
    text: cleared.site.snapshot.text,
    stop: [],
    maxTokens: 9,
  });
  expect(restore(`send("${placeholder.slice(0, 7)}`, false)).toBe('send("');
  expect(restore(`send("${placeholder}")`, false)).toBe(`send("${secret}")`);
});

test('the last request is kept as it was sent, with what was kept back and without the key', async () => {
  const privacy = privacyOf();
  const place = siteAt(`const token = "${secret}";\n█`);
  const cleared = privacy.clear(place, [snippet('.env', 'A=b')], defaultSettings);
  const { prompt } = cleared.seal({
    kind: 'chat',
    messages: [{ role: 'user', content: cleared.site.snapshot.text }],
    stop: [],
    maxTokens: 9,
  });
  const fetch = privacy.sent.watch(async () => new Response());
  const body = JSON.stringify(prompt);
  await fetch('https://models.example/v1', {
    method: 'POST',
    body,
    headers: { authorization: 'Bearer k3y' },
  });
  const last = privacy.sent.last();
  expect(last?.body).toBe(body);
  expect(last?.url).toBe('https://models.example/v1');
  expect(JSON.stringify(last)).not.toContain('k3y');
  expect(JSON.stringify(last)).not.toContain(secret);
  expect(last?.leftOut.map(({ path, what }) => `${path}: ${what}`)).toEqual([
    '.env: the file',
    'a.ts: value with a secret’s name',
  ]);
});
