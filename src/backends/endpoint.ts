import type { BackendErrorReason } from '../core/errors.ts';

/** A base URL that may be asked, without a trailing slash, query or credentials. */
export interface Endpoint {
  readonly kind: 'ok';
  /** Scheme, host and port: what a key belongs to. */
  readonly origin: string;
  /** Where chat and completions paths are appended, likeliest first; servers differ in whether `/v1` belongs to it. */
  readonly bases: readonly string[];
  /** Without `/v1`: where a server's own paths (`/infill`, `/api/tags`) are appended. */
  readonly root: string;
  /** Whether the server is on this machine. */
  readonly loopback: boolean;
  /** Whether a key may be sent: over https, or to this machine. */
  readonly secure: boolean;
}

/** An URL that cannot be asked, with a sentence that says what to write instead. */
export interface BadEndpoint {
  readonly kind: 'bad';
  readonly reason: BackendErrorReason;
  readonly message: string;
}

/** Paths that people copy from a server's documentation behind the base. */
const knownPaths =
  /\/(?:chat\/completions|fim\/completions|completions|completion|models|infill|props|health|api\/(?:generate|chat|tags|show|version))\/?$/;

/** A version at the end of a path, as in `/v1` or Gemini's `/v1beta/openai`: nothing more is to be added. */
const versioned = /\/(?:v\d+[a-z0-9]*|openai|inference)$/;

/** Reads what a user wrote as a server's address: with or without scheme, `/v1` or the path of one of its functions. */
export function endpointOf(written: string): Endpoint | BadEndpoint {
  const trimmed = written.trim();
  if (trimmed === '') return bad('address-missing', 'No address is set.');
  const url = parsedUrl(trimmed);
  if ('kind' in url) return url;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return bad('address-scheme', `The address must begin with http:// or https://, not ${url.protocol}//.`);
  }
  if (url.username !== '' || url.password !== '') {
    return bad(
      'address-password',
      `Take the name and password out of the address ${url.host}: a key is stored by "Set API Key".`,
    );
  }
  if (url.hostname === '169.254.169.254' || url.hostname === '[fd00:ec2::254]') {
    return bad(
      'address-forbidden',
      'This address gives out the credentials of a cloud machine; it is no model server.',
    );
  }
  // Nobody listens at 0.0.0.0: it is how a server says that it listens everywhere.
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  const path = withoutKnownPath(url.pathname);
  const whole = `${url.origin}${path}`;
  // Ollama's own paths begin with `/api`; other servers have their OpenAI paths below it.
  const root = `${url.origin}${path.replace(/\/(?:v\d+|api)$/, '')}`;
  const loopback = isLoopback(url.hostname);
  return {
    kind: 'ok',
    origin: url.origin,
    bases: versioned.test(path) ? unique([whole, root]) : unique([`${whole}/v1`, whole, `${root}/v1`]),
    root,
    loopback,
    secure: loopback || url.protocol === 'https:',
  };
}

/** Whether a host name, as URL gives it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function bad(reason: BackendErrorReason, message: string): BadEndpoint {
  return { kind: 'bad', reason, message };
}

function parsedUrl(written: string): URL | BadEndpoint {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(written);
  // An IPv6 address without brackets and scheme: its colons would be read as a port.
  const bare = /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*$/i.test(written) ? `[${written}]` : written;
  if (!hasScheme && /^(?:file|data|javascript|unix|mailto):/i.test(written)) {
    const scheme = written.split(':')[0];
    return bad('address-scheme', `The address must begin with http:// or https://, not ${scheme}:.`);
  }
  const host = bare.startsWith('[') ? bare.slice(0, bare.indexOf(']') + 1) : (bare.split(/[/:?#]/)[0] ?? '');
  const local = isLoopback(host) || host === '0.0.0.0' || /^(?:10|192\.168|172\.\d+)\./.test(host);
  // Without a scheme: plain http on this machine and in its network, https everywhere else.
  const text = hasScheme ? written : `${local ? 'http' : 'https'}://${bare}`;
  if (URL.canParse(text)) return new URL(text);
  return bad(
    'address-unreadable',
    'This is not an address. Write it like http://127.0.0.1:8080 or https://models.example.com/v1.',
  );
}

function withoutKnownPath(path: string): string {
  return path.replace(/\/+$/, '').replace(knownPaths, '').replace(/\/+$/, '');
}

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)];
}
