import type { BackendError, BackendErrorReason } from '../core/errors.ts';
import type { Translate } from './words.ts';

/** The one useful thing to do about a problem. */
export type Remedy = 'setKey' | 'switchBackend' | 'openSettings' | 'showLog';

/** A failure in words: what it is, in two or three words, and what to do. */
export interface Problem {
  /** For the status bar: `no key`. */
  readonly short: string;
  /** One sentence that says what to do. */
  readonly sentence: string;
  readonly remedy: Remedy;
}

/** Says a backend's failure so that a person knows what to do: by its kind or, where it is known, by what exactly is wrong. */
export function problemOf(error: BackendError, t: Translate): Problem {
  const problem = kindProblem(error, t);
  return error.reason === undefined ? problem : { ...problem, ...reasonWords(error.reason, t) };
}

function kindProblem(error: BackendError, t: Translate): Problem {
  switch (error.kind) {
    case 'no-key':
      return {
        short: t('no API key'),
        sentence: t('No API key is stored for this service. Set one, or choose another backend.'),
        remedy: 'setKey',
      };
    case 'denied':
      return {
        short: t('key refused'),
        sentence: t('The service refused the API key. Check that it is right and may use this model.'),
        remedy: 'setKey',
      };
    case 'no-credit':
      return {
        short: t('no credit'),
        sentence: t(
          'The account of this API key has no credit left. Add credit there, or choose another backend.',
        ),
        remedy: 'switchBackend',
      };
    case 'over-budget':
      return {
        short: t('over budget'),
        sentence: t('Your budget is used up. Raise it in the settings, or choose another backend.'),
        remedy: 'openSettings',
      };
    case 'rate-limited':
      return {
        short: t('rate limited'),
        sentence:
          error.retryAfterMs === undefined
            ? t('The service asks to wait before the next request. Try again in a moment.')
            : t(
                'The service asks to wait before the next request. Try again in {0} seconds.',
                Math.ceil(error.retryAfterMs / 1000),
              ),
        remedy: 'switchBackend',
      };
    case 'unreachable':
      return {
        short: t('offline'),
        sentence: t(
          'The server cannot be reached. Check that it is running, the network, and the address in the settings.',
        ),
        remedy: 'openSettings',
      };
    case 'timed-out':
      return {
        short: t('no answer'),
        sentence: t('The server did not answer in time. Try again, or choose another backend.'),
        remedy: 'switchBackend',
      };
    case 'no-model':
      return {
        short: t('unknown model'),
        sentence: t('The server does not have the model that is set. Choose another model in the settings.'),
        remedy: 'openSettings',
      };
    case 'rejected':
      return {
        short: t('request refused'),
        sentence: t(
          'The server refused the request. The log says why; the address, model or protocol may not fit.',
        ),
        remedy: 'showLog',
      };
    case 'server':
      return {
        short: t('server error'),
        sentence: t('The server failed or is not ready yet. Try again in a moment.'),
        remedy: 'showLog',
      };
    case 'garbled':
      return {
        short: t('unreadable answer'),
        sentence: t(
          'The server’s answer could not be read to its end. Try again; if it stays so, the protocol may not fit.',
        ),
        remedy: 'showLog',
      };
  }
}

function reasonWords(
  reason: BackendErrorReason,
  t: Translate,
): Pick<Problem, 'sentence' | 'remedy'> & Partial<Problem> {
  switch (reason) {
    case 'address-missing':
      return {
        sentence: t('No address is set for this service. Enter one in the settings.'),
        remedy: 'openSettings',
      };
    case 'address-unreadable':
      return {
        sentence: t(
          'The address in the settings is none. Write it like http://127.0.0.1:8080 or https://models.example.com/v1.',
        ),
        remedy: 'openSettings',
      };
    case 'address-scheme':
      return {
        sentence: t('The address in the settings must begin with http:// or https://.'),
        remedy: 'openSettings',
      };
    case 'address-password':
      return {
        sentence: t(
          'Take the name and password out of the address in the settings: a key is stored by “Set API Key”.',
        ),
        remedy: 'openSettings',
      };
    case 'address-forbidden':
      return {
        sentence: t(
          'The address in the settings gives out the credentials of a cloud machine; it is no model server.',
        ),
        remedy: 'openSettings',
      };
    case 'insecure':
      return {
        sentence: t(
          'A key is sent over https only, or to this machine. Write https:// in the address in the settings.',
        ),
        remedy: 'openSettings',
      };
    case 'service':
      return {
        sentence: t('The service in the settings is unknown or was shut down. Choose another one.'),
        remedy: 'openSettings',
      };
    case 'certificate':
      return {
        sentence: t(
          'The server’s certificate is not trusted, has expired or is for another name; the log says which.',
        ),
        remedy: 'showLog',
      };
    case 'no-https':
      return {
        sentence: t('The server does not speak https here. Write http:// in the address in the settings.'),
        remedy: 'openSettings',
      };
    case 'proxy':
      return {
        sentence: t(
          'The proxy refuses the way to the server. If it asks for a password, set “http.proxyAuthorization”.',
        ),
        remedy: 'openSettings',
      };
    case 'redirected':
      return {
        sentence: t(
          'The server sends requests elsewhere, and no key follows there. Enter the address that it leads to.',
        ),
        remedy: 'openSettings',
      };
    case 'web-page':
      return {
        sentence: t(
          'A web page answers at this address, not a model server. Check the address, or sign in to the network.',
        ),
        remedy: 'openSettings',
      };
    case 'too-long':
      return {
        sentence: t('The text is longer than the model can read at once.'),
        remedy: 'showLog',
      };
    case 'starting':
      return {
        short: t('loads its model'),
        sentence: t('The server is loading its model. Suggestions come as soon as it is ready.'),
        remedy: 'showLog',
      };
    case 'key-characters':
      return {
        sentence: t('The stored key holds characters that no key has. Set it anew.'),
        remedy: 'setKey',
      };
  }
}

/** The words on a remedy's button. */
export function remedyLabel(remedy: Remedy, t: Translate): string {
  switch (remedy) {
    case 'setKey':
      return t('Set API Key');
    case 'switchBackend':
      return t('Switch Backend');
    case 'openSettings':
      return t('Open Settings');
    case 'showLog':
      return t('Show Log');
  }
}
