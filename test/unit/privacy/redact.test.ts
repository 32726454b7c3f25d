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
  ['zx8c7v6b5n4m3a2s1d0f', 'const API_KEY: &str = "zx8c7v6b5n4m3a2s1d0f";'],
  ['zx8c7v6b5n4m3a2s1d0f', 'const char api_key[] = "zx8c7v6b5n4m3a2s1d0f";'],
  ['zx8c7v6b5n4m3a2s1d0f', 'public string ApiKey { get; set; } = "zx8c7v6b5n4m3a2s1d0f";'],
  ['zx8c7v6b5n4m3a2s1d0f', '<string name="api_key">zx8c7v6b5n4m3a2s1d0f</string>'],
  ['zx8c7v6b5n4m3a2s1d0f', '<key>APIKey</key>\n<string>zx8c7v6b5n4m3a2s1d0f</string>'],
  ['zx8c7v6b5n4m3a2s1d0f', 'variable "api_key" {\n  type = string\n  default = "zx8c7v6b5n4m3a2s1d0f"\n}'],
  ['zx8c7v6b5n4m3a2s1d0f', '| API key | zx8c7v6b5n4m3a2s1d0f |'],
  ['Winter134!', "expect(user.password).toBe('Winter134!');"],
  ['Winter134!', 'DriverManager.getConnection(url, "app", "Winter134!");'],
  ['Winter134!', 'ENV DB_PASSWORD Winter134!'],
  ['Winter134!', 'url.UserPassword("app", "Winter134!")'],
  ['Winter134!', 'new PasswordAuthentication("app", "Winter134!".toCharArray());'],
  ['8dbde88adef4d05b6bdcd9d14def0465', 'auth_token = """8dbde88adef4d05b6bdcd9d14def0465"""'],
  [
    '8dbde88adef4d05b6bdcd9d14def0465',
    'val token = System.getenv("T") ?: "8dbde88adef4d05b6bdcd9d14def0465"',
  ],
  ['postgres', 'POSTGRES_PASSWORD=postgres\n'],
  [
    'jpsQnnGQmL-YBIffH1136cspYG6',
    '{"kty":"EC","crv":"P-256","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}',
  ],
  ['hx5rVt7rPNoS4wqbXKX7m0', 'enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0'],
  ['UABhAHMAcwB3ADAAcgBkAA==', '<Password>\n  <Value>UABhAHMAcwB3ADAAcgBkAA==</Value>'],
  ['huixXpVapA', '"Data Source=db;uid=sa;pwd=huixXpVapA"'],
  ['%24X%2BD4%23LOR', 'http://user:%24X%2BD4%23LOR@proxy:8080'],
  ['ghp_Zk3nQ8xW2vB7', 'log("\\nghp_Zk3nQ8xW2vB7mT5yR1pL9sD4fG6hJ0aKcXeU")'],
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
  '"csrf-token": "^5.49.0-beta.2",',
  '"password": "Forgot your password?",',
  '"resolved": "https://registry.example/js-tokens/-/js-tokens-9.0.1.tgz",\n"integrity": "sha512-hfdYra+ZB6RmviEApxeL/YCx4ovBtpj0d9c+uhlCZaCikObjb8Sb8yqBN6g8=="',
  'PASSWORD = "password"',
  'const PASSWORD = getPassword();',
  '--session-cookie: #487b98d2;',
  'AZURE_TENANT_ID=c2e6850c-490b-4533-b7a1-2598bb7e4c7e',
  'token_id: 550e8400-e29b-41d4-a716-446655440000',
  'const cacheKey = "2c3e22586376a955a39c7290ed3d4e10";',
  'ipfs://QmPLaNfPmdvq2TZChq5gHTt4fwvDu1YViahEHoW5QghWXQ',
  'id: "01J31N6JVK2ZBDMW20DBY8Z36N"',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMcdzGpK0zFlOfEHPB9iwZRsp97cyYjwTZ0g a@b',
  '- fix token refresh ([2c3e225](https://github.com/a/b/commit/2c3e22586376a955a39c7290ed3d4e10ef10e739))',
  '100644 blob 2c3e22586376a955a39c7290ed3d4e10ef10e739 src/a.ts',
])('%s holds no secret and stays', (text) => {
  expect(redact(text).text).toBe(text);
});

test.each([
  ['JavaScript', 'const key = "GOCSPX-4YC3dGrjXa" +\n  "I2nCohaBj3mMZgSC0n";'],
  ['Python', 'KEY = (\n    "GOCSPX-4YC3dGrjXa"\n    "I2nCohaBj3mMZgSC0n"\n)'],
  ['PHP', "$key = 'GOCSPX-4YC3dGrjXa' . 'I2nCohaBj3mMZgSC0n';"],
  ['Lua', 'local key = "GOCSPX-4YC3dGrjXa" .. "I2nCohaBj3mMZgSC0n"'],
])('a secret that %s puts together from literals is hidden in all of them', (_, text) => {
  const { text: clean } = redact(text);
  expect(clean).not.toContain('4YC3dGrjXa');
  expect(clean).not.toContain('I2nCohaBj3mMZgSC0n');
  expect(clean.replace(/\w/g, 'x')).toBe(text.replace(/\w/g, 'x'));
});

test('a secret is hidden in other texts too, where no name tells', () => {
  const redactor = createRedactor();
  const message = `Type '"8dbde88adef4d05b6bdcd9d14def0465"' is not assignable to type 'number'.`;
  expect(redactor.redact(message).text).toBe(message);
  redactor.redact('const apiKey: number = "8dbde88adef4d05b6bdcd9d14def0465";');
  expect(redactor.redact(message).text).not.toContain('8dbde88a');
});

test('what is found does not depend on which lines were looked at before', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `const line${index} = ${index};`);
  lines[20] = 'const apiKey =';
  lines[21] = '  "zx8c7v6b5n4m3a2s1d0f";';
  const redactor = createRedactor();
  for (let count = 1; count <= lines.length; count += 1) {
    const { text } = redactor.redact(lines.slice(0, count).join('\n'));
    expect(text.includes('zx8c7v6b5n4m3a2s1d0f')).toBe(false);
  }
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
