import { expect, test } from 'vitest';
import { connectionError, refusalError, retryAfterOf } from '../../../src/backends/classify.ts';
import { errorBodyOf } from '../../../src/backends/errorBody.ts';

const target = { name: 'server', model: 'the-model', machine: '' };

/** Status and body as servers send them -> the kind. */
const cases: readonly (readonly [number, string, string])[] = [
  [401, '{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}', 'denied'],
  [403, '{"error":{"code":"unsupported_country_region_territory","message":"no"}}', 'denied'],
  [402, '{"error":{"message":"Insufficient Balance"}}', 'no-credit'],
  [429, '{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}', 'no-credit'],
  [429, '{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}', 'rate-limited'],
  [429, 'Too Many Requests', 'rate-limited'],
  [404, '{"error":{"message":"The model `the-model` does not exist","code":"model_not_found"}}', 'no-model'],
  [
    404,
    '{"object":"error","message":"The model `the-model` does not exist.","type":"NotFoundError","code":404}',
    'no-model',
  ],
  [404, '{"error":"model \'the-model\' not found"}', 'no-model'],
  [404, '{"error":{"code":"DeploymentNotFound","message":"The API deployment does not exist."}}', 'no-model'],
  [400, '{"error":{"message":"invalid model ID","param":"model","code":null}}', 'no-model'],
  [404, '{"detail":"Not Found"}', 'rejected'],
  [404, '<html>nginx</html>', 'rejected'],
  [404, '', 'rejected'],
  [400, '{"error":{"message":"too long","code":"context_length_exceeded"}}', 'rejected'],
  [422, '{"detail":[{"loc":["body","stop"],"msg":"bad"}]}', 'rejected'],
  [307, '', 'rejected'],
  [407, '<html>', 'rejected'],
  [408, '', 'timed-out'],
  [504, '<html>gateway</html>', 'timed-out'],
  [500, '{"error":{"message":"boom"}}', 'server'],
  [502, '<html>bad gateway</html>', 'server'],
  [503, '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}', 'server'],
  [
    501,
    '{"error":{"code":501,"message":"Infill is not supported by this model","type":"not_supported_error"}}',
    'rejected',
  ],
  [400, '[{"error":{"code":400,"message":"Bad field","status":"INVALID_ARGUMENT"}}]', 'rejected'],
  [
    400,
    '[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]',
    'denied',
  ],
];

test.each(cases)('status %i with %s is %s', (status, body, kind) => {
  const error = refusalError({ status, headers: new Headers(), body: errorBodyOf(body) }, target, 0);
  expect(error.kind).toBe(kind);
  expect(error.message).toMatch(/^server: [A-Z]/);
});

test("a server's complaint is told without the input that it repeats", () => {
  const body = errorBodyOf(
    '{"detail":[{"loc":["body","stop"],"msg":"too many","input":"const secret = 1"}]}',
  );
  expect(body.message).toBe('body.stop: too many');
});

test.each([
  ['ECONNREFUSED', 'unreachable', 'No connection'],
  ['ENOTFOUND', 'unreachable', 'No connection'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timed-out', 'in time'],
  ['ETIMEDOUT', 'timed-out', 'in time'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable', 'not trusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unreachable', 'not trusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable', 'another name'],
  ['CERT_HAS_EXPIRED', 'unreachable', 'expired'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'unreachable', 'does not speak https'],
] as const)('a connection that fails with %s is %s, and the message says "%s"', (code, kind, words) => {
  const error = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) });
  const found = connectionError(new Error('Connection error.', { cause: error }), target);
  expect(found.kind).toBe(kind);
  expect(found.message).toContain(words);
});

const now = Date.UTC(2026, 0, 1);
const headers: readonly (readonly [Record<string, string>, number | undefined])[] = [
  [{ 'retry-after': '3' }, 3000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '250', 'retry-after': '3' }, 250],
  [{ 'retry-after': new Date(now + 7000).toUTCString() }, 7000],
  [{ 'retry-after': new Date(now - 7000).toUTCString() }, 0],
  [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1s' }, 1000],
  [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0s' }, 360_000],
  [{ 'x-ratelimit-remaining-tokens': '5', 'x-ratelimit-reset-tokens': '6m0s' }, undefined],
  [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '20ms' }, 20],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
];

test.each(headers)('the headers %j ask for %s ms', (given, ms) => {
  expect(retryAfterOf(new Headers(given), now)).toBe(ms);
});
