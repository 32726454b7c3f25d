import { afterEach, expect, test } from 'vitest';
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
