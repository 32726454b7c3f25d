import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/privacy/redact.ts';

const { redact } = createRedactor();

function hides(text: string, secret: string): boolean {
  expect(text).toContain(secret);
  return !redact(text).text.includes(secret);
}

test.each([
  ['AKIAQ3EGRZ4UJX7TWX2K', 'const id = "AKIAQ3EGRZ4UJX7TWX2K";'],
  ['hunter2', 'password: hunter2\n'],
  ['S3cur3P@ss!', '{ "password": "S3cur3P@ss!" }'],
  ['s3cretpw', 'DATABASE_URL=postgres://admin:s3cretpw@db.example.com:5432/app'],
  ['zx8c7v6b5n4m3a2s1d0f', 'os.environ["API_KEY"] = "zx8c7v6b5n4m3a2s1d0f"'],
  ['zx8c7v6b5n4m3a2s1d0f', '<add key="ApiKey" value="zx8c7v6b5n4m3a2s1d0f" />'],
  ['9f8e7d6c5b4a39281706f5e4d3c2b1a0', '// the old twilio token was 9f8e7d6c5b4a39281706f5e4d3c2b1a0'],
  ['Str0ng!Pass', 'Server=tcp:x;User ID=sa;Password=Str0ng!Pass;Encrypt=true'],
  ['zx8c7v6b5n4m3a2s1d0f', '- name: API_KEY\n  value: zx8c7v6b5n4m3a2s1d0f'],
])('%s is hidden in %s', (secret, text) => {
  expect(hides(text, secret)).toBe(true);
});

test.each([
  'const token = getToken(request);',
  'let password = user.password;',
  'function login(password: string, token: string) {}',
  "const field = document.querySelector('#password');",
  'const sha = "da39a3ee5e6b4b0d3255bfef95601890afd80709";',
  '"integrity": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",',
  'id: "550e8400-e29b-41d4-a716-446655440000"',
  'password: $DB_PASSWORD',
  'API_KEY=your-api-key-here',
  'export const tokenType = "bearer";',
])('%s holds no secret and stays', (text) => {
  expect(redact(text).text).toBe(text);
});

test('a placeholder is as long as its secret and of the same characters', () => {
  const text = 'token = "ab12-CD34_ef56.GH78+zy9"';
  const redacted = redact(text).text;
  expect(redacted).not.toBe(text);
  const shape = (it: string) => it.replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A').replace(/\d/g, '0');
  expect(shape(redacted)).toBe(shape(text));
});

test('redacting what was redacted changes nothing', () => {
  const once = redact('secret = "Zk3nQ8xW2vB7mT5yR1p"').text;
  expect(redact(once).text).toBe(once);
});

test('the same secret has the same placeholder in all texts', () => {
  const first = redact('key1 = "AKIAQ3EGRZ4UJX7TWX2K"').text.slice(8, 28);
  expect(redact('# AKIAQ3EGRZ4UJX7TWX2K').text).toBe(`# ${first}`);
});

test('a key block is hidden line by line, and its armour stays', () => {
  const text =
    'a\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA75h1\nzzz0\n-----END RSA PRIVATE KEY-----\nb';
  const redacted = redact(text).text;
  expect(redacted).not.toContain('MIIEpAIBAAKCAQEA75h1');
  expect(redacted).not.toContain('zzz0');
  expect(redacted.split('\n')).toHaveLength(6);
  expect(redacted).toMatch(/^a\n-----BEGIN RSA PRIVATE KEY-----\n.*\n.*\n-----END RSA PRIVATE KEY-----\nb$/);
});

test('a suggestion that repeats a placeholder gets the secret back', () => {
  const redactor = createRedactor();
  const redacted = redactor.redact('password = "Tr0ub4dor&3"');
  const [placeholder = ''] = redactor.placeholdersIn(redacted);
  expect(redactor.restore(`login("${placeholder}")`, [placeholder], true)).toBe('login("Tr0ub4dor&3")');
});

test('while a suggestion grows, the beginning of a placeholder is held back', () => {
  const redactor = createRedactor();
  const redacted = redactor.redact('password = "Tr0ub4dor&3"');
  const [placeholder = ''] = redactor.placeholdersIn(redacted);
  const whole = `login("${placeholder}")`;
  let shown = '';
  for (let length = 1; length <= whole.length; length += 1) {
    const now = redactor.restore(whole.slice(0, length), [placeholder], length === whole.length);
    expect(now.startsWith(shown)).toBe(true);
    shown = now;
  }
  expect(shown).toBe('login("Tr0ub4dor&3")');
});
