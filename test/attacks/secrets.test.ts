import { afterEach, expect, test } from 'vitest';
import type { Snippet } from '../../src/core/prompt.ts';
import { openGuard } from '../support/openGuard.ts';
import { createVictim, shownBy, snippetOf, type Victim, type VictimOptions } from './rig.ts';

const secret = 'ghp_Zk3nQ8xW2vB7mT5yR1pL9sD4fG6hJ0aKcXeU';
const password = 'c0rrect-h0rse!battery';
const key = [
  '-----BEGIN RSA PRIVATE KEY-----',
  'MIIEpAIBAAKCAQEA75h1tqQw8rZ9XvT4uYbN2mK6pL0sJ3dF5gH7jK1lP8oI4uY2',
  'tR6eW9qAzXcVbNmQwErTyUiOpAsDfGhJkLzXcVbNmMnBvCxZlKjHgFdSaPoIuYtR',
  '-----END RSA PRIVATE KEY-----',
].join('\n');

let victim: Victim;
afterEach(() => victim.server.close());

async function attack(options: VictimOptions): Promise<string> {
  victim = await createVictim(options);
  await victim.complete(
    `import { connect } from './db';\n// deploy with ${secret}\nconst db = connect('postgres://app:${password}@db/app');\nfunction load() {\n  return █\n}\nconst pem = \`${key}\`;\n`,
    { snippets: [snippetOf('src/db.ts', `export const TOKEN = "${secret}";\nexport const connect = 1;\n`)] },
  );
  return victim.received();
}

test('a careless client sends the secrets around the caret and in other files', async () => {
  const received = await attack({ guard: openGuard });
  expect(received).toContain(secret);
  expect(received).toContain(password);
  expect(received).toContain('MIIEpAIBAAKCAQEA75h1');
});

test.each(['cloud', 'local'] as const)('no secret reaches a %s server', async (backend) => {
  const received = await attack({ backend });
  expect(received).toContain('connect');
  expect(received).not.toContain(secret);
  expect(received).not.toContain(password);
  expect(received).not.toContain('MIIEpAIBAAKCAQEA75h1');
  expect(received).not.toContain('tR6eW9qAzXcVbNmQ');
});

const half = secret.slice(0, 20);
const rest = secret.slice(20);
const bare = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';

/** Places that are sent: what stands around the caret or in another file, and what of it nobody else should read. */
const places: Readonly<Record<string, { text: string; told: readonly string[]; other?: Snippet }>> = {
  'on both sides of the caret': { text: `const t = "${half}█${rest}";\n`, told: [half, rest] },
  'half typed': { text: `const t = "${half}█\n`, told: [half] },
  'begun to be typed': { text: 'const t = "npm_k3Jd8█\n', told: ['k3Jd8'] },
  'in two literals': { text: `const t = "${half}" +\n  "${rest}";\n█\n`, told: [half, rest] },
  'in the name of the file': {
    text: '█\n',
    told: [secret],
    other: snippetOf(`keys/${secret}.ts`, 'export {};'),
  },
  'in what a problem says of it': {
    text: `const apiKey: number = "${bare}";\n█\n`,
    told: [bare],
    other: snippetOf('src/problems.ts', `// Type '"${bare}"' is not assignable to type 'number'.`),
  },
  'in an edit that was undone': {
    text: '█\n',
    told: [password],
    other: snippetOf('src/db.ts', `-  password: '${password}',\n+  password: read(),`),
  },
};

test.each(Object.entries(places))(
  'a secret %s is sent by a careless client, and not by Foretype',
  async (_, place) => {
    const more = { snippets: place.other === undefined ? [] : [place.other] };
    victim = await createVictim({ guard: openGuard });
    await victim.complete(place.text, more);
    for (const told of place.told) expect(victim.received()).toContain(told);
    await victim.server.close();
    victim = await createVictim();
    await victim.complete(place.text, more);
    expect(victim.server.requests).not.toHaveLength(0);
    for (const told of place.told) expect(victim.received()).not.toContain(told);
  },
);

test.each([
  ['a careless client explains the secrets too', openGuard, true],
  ['no secret is in what an explanation is asked with, whatever stands before its line', undefined, false],
] as const)('%s', async (_, guard, told) => {
  victim = await createVictim(guard === undefined ? {} : { guard });
  const text = `# settings\nDB_PASSWORD=${password}\nHIDDEN=${secret}\n`;
  await victim.explain(text, { start: 11, end: text.length }, `Is ${password} a good password?`);
  const asked = victim.received();
  expect(asked).toContain('DB_PASSWORD=');
  expect(asked.includes(password)).toBe(told);
  expect(asked.includes(secret)).toBe(told);
});

test('a suggestion that repeats a secret shows the real one, put back on this side', async () => {
  victim = await createVictim({
    answer: (prompt) => `send("${/ghp_\w{36}/.exec(prompt)?.[0] ?? 'none'}");`,
  });
  const outcome = await victim.complete(`const token = "${secret}";\n█\n`);
  expect(shownBy(outcome)).toBe(`send("${secret}");`);
  expect(victim.received()).not.toContain(secret);
});

test('“Show What Was Sent” shows exactly what arrived, and that secrets were kept back', async () => {
  await attack({});
  const sent = victim.privacy.sent.last();
  expect(JSON.parse(sent?.body ?? '')).toEqual(victim.server.requests[0]?.body);
  expect(sent?.leftOut.map(({ what }) => what)).toContain('GitHub token');
  expect(JSON.stringify(sent)).not.toContain('sk-key-of-the-victim');
});

test.each(['.env', 'deploy/id_rsa', 'home/.aws/credentials'])(
  'typing in %s asks no server, where a careless client would',
  async (path) => {
    victim = await createVictim({ guard: openGuard });
    await victim.complete('A=█', { path });
    expect(victim.server.requests).toHaveLength(1);
    await victim.server.close();
    victim = await createVictim();
    expect(shownBy(await victim.complete('A=█', { path }))).toBe('(excluded)');
    expect(victim.server.requests).toHaveLength(0);
  },
);
