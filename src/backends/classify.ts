import { BackendError, type BackendErrorKind, type BackendErrorReason } from '../core/errors.ts';
import type { ErrorBody } from './errorBody.ts';

/** Where a request went, for the words of an error. */
export interface Target {
  /** How the user knows it, such as `OpenAI` or `127.0.0.1:8080`. */
  readonly name: string;
  readonly model: string;
  /** The remote machine that "localhost" means, or empty. */
  readonly machine: string;
}

/** What is needed of a refusal to say what it means. `headers` is read by lower-case name. */
export interface Refusal {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ErrorBody;
}

/** Codes by which services say that the account is empty, beside status 402. */
const creditCodes = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'budget_exceeded',
]);

/** Codes by which services say that there is no such model. */
const modelCodes = new Set(['model_not_found', 'DeploymentNotFound', 'invalid_model', 'model_not_available']);

/** llama.cpp refuses at once while it loads its model, and answers as soon as it has: asking costs nothing, ms. */
const startingMs = 1000;

/** What an error status means. The only place where statuses become kinds. */
export function refusalError(refusal: Refusal, target: Target, now: number): BackendError {
  const { status, body } = refusal;
  const kind = kindOf(refusal, target);
  const starting = status === 503 && body.type === 'unavailable_error';
  const retryAfterMs = retryAfterOf(refusal.headers, now) ?? (starting ? startingMs : undefined);
  const message = `${target.name}: ${sentence(kind, refusal, target)} (status ${status}: ${withoutSecrets(body.message)})`;
  return new BackendError(kind, message, { retryAfterMs, reason: reasonOf(kind, refusal, starting) });
}

/** What exactly a refusal complains about, where its kind would not tell. */
function reasonOf(
  kind: BackendErrorKind,
  { status, body }: Refusal,
  starting: boolean,
): BackendErrorReason | undefined {
  if (starting) return 'starting';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 407) return 'proxy';
  if (kind === 'rejected' && body.form === 'html') return 'web-page';
  return tooLongCodes.has(body.code) || tooLongCodes.has(body.type) ? 'too-long' : undefined;
}

/** Codes by which servers say that the text is more than the model reads. */
const tooLongCodes = new Set([
  'context_length_exceeded',
  'exceed_context_size_error',
  'string_above_max_length',
]);

/** What an error object in the middle of an answer means: by its code, where that is a status. */
export function streamErrorKind(body: ErrorBody): BackendErrorKind {
  const status = /^[45]\d\d$/.test(body.code) ? Number(body.code) : statusCodes[body.code];
  if (status === undefined)
    return creditCodes.has(body.code) || creditCodes.has(body.type) ? 'no-credit' : 'server';
  return kindOf({ status, headers: new Headers(), body }, { name: '', model: '', machine: '' });
}

/** Codes in words that stand for a status. */
const statusCodes: Readonly<Record<string, number>> = { rate_limit_exceeded: 429, model_not_found: 404 };

function kindOf({ status, body }: Refusal, target: Target): BackendErrorKind {
  if (status === 402 || creditCodes.has(body.code) || creditCodes.has(body.type)) return 'no-credit';
  if (status === 429) return 'rate-limited';
  if (status === 401 || status === 403 || body.code === 'API_KEY_INVALID') return 'denied';
  if (status === 408 || status === 504) return 'timed-out';
  if (status >= 500) return status === 501 ? 'rejected' : 'server';
  if (modelCodes.has(body.code) || body.param === 'model') return 'no-model';
  // Servers without such codes name the model that they lack; for a path that they lack they name the path, or nothing.
  const words = body.message.replaceAll(`/deployments/${target.model}`, '');
  const named = target.model !== '' && words.includes(target.model);
  return status === 404 && named ? 'no-model' : 'rejected';
}

function sentence(kind: BackendErrorKind, { status, body }: Refusal, target: Target): string {
  if (status >= 300 && status < 400) return 'The server sends requests elsewhere, and no key follows there';
  if (status === 407) return 'The proxy asks for a password (setting http.proxyAuthorization)';
  if (status === 404 && kind === 'rejected') return 'There is no such path at this address';
  if (body.form === 'html' && kind === 'rejected') return 'A web server answers here, not a model server';
  const words: Partial<Record<BackendErrorKind, string>> = {
    denied: 'The key was refused',
    'no-credit': 'The account has no credit left',
    'rate-limited': 'Too many requests',
    'no-model': `There is no model ${target.model}`,
    'timed-out': 'The server gave up waiting',
    server: status === 503 ? 'The server is not ready' : 'The server failed',
  };
  return words[kind] ?? 'The request was refused';
}

/** How long a server asks to be left alone, in ms, by any of the headers in use. */
export function retryAfterOf(headers: Refusal['headers'], now: number): number | undefined {
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const after = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(after)) return Number(after) * 1000;
  const date = Date.parse(after);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const waits = ['requests', 'tokens']
    .filter((what) => headers.get(`x-ratelimit-remaining-${what}`) === '0')
    .map((what) => durationOf(headers.get(`x-ratelimit-reset-${what}`) ?? ''))
    .filter((ms) => ms !== undefined);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Milliseconds of durations such as `1s`, `6m0s`, `20ms`. */
function durationOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0) return undefined;
  const unit: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return parts.reduce((sum, [, number, name]) => sum + Number(number) * (unit[name ?? ''] ?? 0), 0);
}

/** What a failure below HTTP means: no connection, a certificate, a broken stream. */
export function connectionError(error: unknown, target: Target): BackendError {
  const code = causeCode(error);
  const { machine } = target;
  const where =
    machine === '' ? '' : ` (asked from ${machine}, which is the machine that "localhost" means here)`;
  const { reason, words } = flawOnTheWay(code) ?? {
    reason: undefined,
    words: isLate(code) ? `No connection in time${where}` : `No connection${where}`,
  };
  const message = `${target.name}: ${words}${code === '' ? '' : ` (${code})`}.`;
  return new BackendError(isLate(code) ? 'timed-out' : 'unreachable', message, { reason, cause: error });
}

function isLate(code: string): boolean {
  return /TIMEOUT|TIMEDOUT/.test(code);
}

/** What is wrong with the encryption or the way there, if that is what is wrong. The codes are those of Node, OpenSSL and undici. */
function flawOnTheWay(
  code: string,
): { readonly reason: BackendErrorReason; readonly words: string } | undefined {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return { reason: 'certificate', words: "The server's certificate is for another name than this address" };
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return { reason: 'certificate', words: "The server's certificate has expired" };
  }
  if (/CERT|SELF_SIGNED|ISSUER/.test(code)) {
    return {
      reason: 'certificate',
      words:
        "The server's certificate is not trusted: let the operating system trust it, or set NODE_EXTRA_CA_CERTS",
    };
  }
  // Our own hanging up never comes here: this is a proxy that opens no tunnel.
  if (code === 'UND_ERR_ABORTED') {
    return {
      reason: 'proxy',
      words:
        'The proxy refused the way to the server; it may ask for a password (setting http.proxyAuthorization)',
    };
  }
  return /SSL|TLS|EPROTO/.test(code)
    ? { reason: 'no-https', words: 'The server does not speak https here: write http:// in its address' }
    : undefined;
}

/** The innermost error code in a chain of causes, such as ECONNREFUSED. */
export function causeCode(error: unknown): string {
  let code = '';
  let at: unknown = error;
  for (let depth = 0; depth < 8 && typeof at === 'object' && at !== null; depth += 1) {
    const { code: own, cause, errors } = at as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof own === 'string') code = own;
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return code;
}

/** A server's words without what looks like a key: some repeat the refused one. */
function withoutSecrets(text: string): string {
  return text.replace(/\b(?:sk|gsk|pk|ghp|AIza)[-_A-Za-z0-9*]{6,}/g, '[key]').replace(/[.\s]+$/, '');
}
