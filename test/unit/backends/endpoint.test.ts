import { expect, test } from 'vitest';
import { endpointOf } from '../../../src/backends/endpoint.ts';

/** What is written -> the first base, and whether a key may go there; or the word that the message must hold. */
const cases: readonly (readonly [string, string])[] = [
  ['https://api.openai.com/v1', 'https://api.openai.com/v1 secure'],
  ['https://api.openai.com', 'https://api.openai.com/v1 secure'],
  ['https://api.openai.com/v1/', 'https://api.openai.com/v1 secure'],
  ['  https://api.openai.com/v1/chat/completions\n', 'https://api.openai.com/v1 secure'],
  ['api.openai.com', 'https://api.openai.com/v1 secure'],
  ['api.openai.com:8443/v1', 'https://api.openai.com:8443/v1 secure'],
  ['localhost:8080', 'http://localhost:8080/v1 secure'],
  ['127.0.0.1:11434/api/generate', 'http://127.0.0.1:11434/v1 secure'],
  ['https://openrouter.ai/api', 'https://openrouter.ai/api/v1 secure'],
  ['https://models.github.ai/inference', 'https://models.github.ai/inference secure'],
  ['0.0.0.0:8080', 'http://127.0.0.1:8080/v1 secure'],
  ['192.168.1.5:8000/v1', 'http://192.168.1.5:8000/v1 open'],
  ['http://[::1]:8080', 'http://[::1]:8080/v1 secure'],
  ['[::1]:8080', 'http://[::1]:8080/v1 secure'],
  ['::1', 'http://[::1]/v1 secure'],
  ['http://[2001:db8::1]:8000/v1', 'http://[2001:db8::1]:8000/v1 open'],
  ['http://models.example.com', 'http://models.example.com/v1 open'],
  ['https://gateway.example.com/llm', 'https://gateway.example.com/llm/v1 secure'],
  [
    'https://generativelanguage.googleapis.com/v1beta/openai/',
    'https://generativelanguage.googleapis.com/v1beta/openai secure',
  ],
  ['http://127.0.0.1:12434/engines/llama.cpp/v1', 'http://127.0.0.1:12434/engines/llama.cpp/v1 secure'],
  ['https://example.com/v1?key=secret#top', 'https://example.com/v1 secure'],
  ['HTTP://LOCALHOST:8080/V1', 'http://localhost:8080/V1/v1 secure'],
  ['', 'No address'],
  ['   ', 'No address'],
  ['https://me:secret@example.com/v1', 'password'],
  ['ftp://example.com', 'http://'],
  ['file:///etc/passwd', 'http://'],
  ['javascript:alert(1)', 'http://'],
  ['http://', 'not an address'],
  ['http://exa mple.com', 'not an address'],
  ['http://169.254.169.254/latest', 'credentials'],
  ['not a url', 'not an address'],
];

test.each(cases)('%j is read as %j', (written, expected) => {
  const endpoint = endpointOf(written);
  if (endpoint.kind === 'bad') expect(endpoint.message).toContain(expected);
  else expect(`${endpoint.bases[0]} ${endpoint.secure ? 'secure' : 'open'}`).toBe(expected);
});

test('a message about credentials does not repeat them', () => {
  const endpoint = endpointOf('https://me:hunter2@example.com');
  expect(endpoint.kind === 'bad' && endpoint.message).not.toContain('hunter2');
});

test("a server's own paths start without /v1", () => {
  const roots = [
    'http://127.0.0.1:8080',
    'http://127.0.0.1:8080/v1',
    'http://127.0.0.1:8080/llm/v1/models',
  ].map((written) => {
    const endpoint = endpointOf(written);
    return endpoint.kind === 'ok' ? endpoint.root : '';
  });
  expect(roots).toEqual(['http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'http://127.0.0.1:8080/llm']);
});

test("an address that ends in /api may be Ollama's or that of a server with OpenAI's paths below it", () => {
  const endpoint = endpointOf('http://127.0.0.1:11434/api');
  expect(endpoint).toMatchObject({
    root: 'http://127.0.0.1:11434',
    bases: ['http://127.0.0.1:11434/api/v1', 'http://127.0.0.1:11434/api', 'http://127.0.0.1:11434/v1'],
  });
});
