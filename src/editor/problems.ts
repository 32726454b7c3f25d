import type { BackendError } from '../core/errors.ts';
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

/** Says a backend's failure so that a person knows what to do. */
export function problemOf(error: BackendError, t: Translate): Problem {
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
