/** How much a value must look like a secret to be taken for one after such a name. */
export type NameStrength =
  /** Names of things that people make up: a short value with a digit or a sign in it is enough. */
  | 'password'
  /** Names of things that machines make. */
  | 'token'
  /** Names of services and common words: the value has to be surely random. */
  | 'hint';

const passwordNames =
  'passw(?:or)?d|passwrd|passwort|passphrase|passcode|pass_?key|pswd|psw|pwd|contrase[nñ]a|senha|mot_?de_?passe|kennwort|requirepass|masterauth|convertto-securestring|identified\\s+by|mnemonic|seed_?phrase|recovery_?(?:phrase|code)|pin_?code|(?<![a-z])(?:pass|psk)(?![a-z])';

const tokenNames =
  'secret|token|authorization|authentication|credential|creds?|signature|webhook(?:[-_]?url)?|bearer|basic|sess(?:ion)?[-_]?id|jwt|hmac|salt|pepper|csrf|totp|otp[-_]?seed|dsn|connection[-_]?string|(?:sid|sas)(?![a-z])|(?<![a-z])(?:conn[-_]?str|x-auth|cookie|(?:auth|sig)(?![a-z]))';

/** Whether a key opens something is told by the word before it. */
const keyName = 'keys?(?![a-z])';
const openingKey =
  /(?:api|app|access|account|auth|private|signing|encrypt(?:ion)?|decrypt(?:ion)?|master|license|subscription|storage|session|service|server|consumer|client|deploy|admin|write|read|integration|routing|ingest(?:ion)?|instrumentation|machine|validation|cipher|aes|rsa|ssh|pgp|gpg|secret|shared|host|web|rest|bot)[-_. ]?$/i;
const dataKey =
  /(?:public|primary|foreign|cache|sort|hash|range|partition|row|object|map|hot|query|unique|index|s3|i18n|react|idempotency|dedup(?:lication)?|lookup|group|item|bucket)[-_. ]?$/i;
const longestOwner = 18;

/** Makers whose keys have no form of their own, and words that are names only when they stand alone. */
const makers =
  'aws|amazon|azure|gcp|heroku|twilio|datadog|algolia|mailchimp|mailgun|cloudflare|sendgrid|fastly|auth0|bitbucket|circleci|sonar|snyk|amplitude|mixpanel|newrelic|pagerduty|opsgenie|splunk|sumologic|logdna|loggly|papertrail|zendesk|intercom|hubspot|salesforce|shodan|virustotal|censys|dropbox|facebook|twitter|linkedin|instagram|spotify|asana|trello|jira|confluence|atlassian|airtable|contentful|etsy|squarespace|shopify|coinbase|binance|kucoin|bittrex|finnhub|finicity|infura|etherscan|mapbox|maxmind|messagebird|nexmo|vonage|plivo|telegram|yandex|gitter|gitlab|github|jenkins|artifactory|jfrog|nuget|codecov|coveralls|launchdarkly|mattermost|netlify|vercel|digitalocean|linode|vultr|scaleway|hetzner|adobe|adafruit|clearbit|confluent|doppler|droneci|duffel|dynatrace|easypost|freshbooks|frameio|gocardless|gitea|hashicorp|kubernetes|octopus|planetscale|postman|privateai|pulumi|rapidapi|scalingo|sendbird|sendinblue|shippo|sidekiq|typeform|openai|anthropic|deepseek|perplexity|elevenlabs|assemblyai|deepgram|pinecone|weaviate|qdrant|langfuse|openweather|giphy|unsplash|pexels|ipstack|ipinfo|geocodio|tomtom|foursquare';
const makersAlone =
  'okta|travis|sentry|segment|zoom|notion|stripe|plaid|kraken|alchemy|discord|slack|lob|looker|beamer|readme|square|sumo|cohere|mistral|stability|replicate|here|yelp|weather|nasa';

const strongName = new RegExp(`(${passwordNames})|(${tokenNames})|(${keyName})`, 'gi');
const makerName = new RegExp(`${makers}|(?<![a-z])(?:${makersAlone})(?![a-z])`, 'gi');

/** After a maker's name only a surely random value counts; few texts hold one, and only the words right before it are looked at. */
const longRun = /(?<![A-Za-z0-9+/_-])(?=[A-Za-z+/_-]{0,40}\d)[A-Za-z0-9+/_-]{20}/g;
const reachOfMaker = 160;

/** Words after a secret's name that make it the name of something else: `passwordPolicy`, `token_type`, `secretName`. */
const otherThing =
  /^[-_. ]?(?:s?type|name|policy|field|label|placeholder|hint|length|regex|pattern|rule|count|limit|expir|ttl|age|lifetime|url|uri|endpoint|path|file|dir|ref|arn|id[-_]?(?:field|column)|header|scheme|prefix|suffix|format|strength|visible|error|message|required|provider|manager|service|store|page|form|input|reset|index|budget|per|usage|start|end|kind|list|map|schema|version|selector|component|button|title|class|algorithm|alg|rotation|with|arg)/i;

/** A name of a secret in a text. */
export interface SecretName {
  readonly start: number;
  /** After the last character of the whole identifier. */
  readonly end: number;
  readonly strength: NameStrength;
}

/** The names in a text after which a secret might stand. */
export function* secretNames(text: string): Generator<SecretName> {
  for (const match of text.matchAll(strongName)) {
    const end = nameEnd(text, match.index + match[0].length);
    if (end === undefined) continue;
    const strength = strengthOf(match, text);
    if (strength !== undefined) yield { start: match.index, end, strength };
  }
  let done = 0;
  for (const { index } of text.matchAll(longRun)) {
    const from = Math.max(done, index - reachOfMaker);
    for (const match of text.slice(from, index).matchAll(makerName)) {
      const end = nameEnd(text, from + match.index + match[0].length);
      if (end !== undefined) yield { start: from + match.index, end, strength: 'hint' };
    }
    done = index;
  }
}

/** Undefined for the name of something else. */
function nameEnd(text: string, wordEnd: number): number | undefined {
  rest.lastIndex = wordEnd;
  const tail = rest.exec(text)?.[0] ?? '';
  return otherThing.test(tail) ? undefined : wordEnd + tail.length;
}

function strengthOf(match: RegExpExecArray, text: string): NameStrength | undefined {
  if (match[1] !== undefined) return 'password';
  if (match[2] !== undefined) return 'token';
  const before = text.slice(Math.max(0, match.index - longestOwner), match.index);
  // `monkey`, `turkey`
  const isEndOfWord = match[0].startsWith('k') && /[a-z]$/.test(before);
  if (openingKey.test(before)) return 'token';
  if (isEndOfWord || dataKey.test(before)) return undefined;
  // `DROPBOX_KEY`, `?key=`: a key of something.
  return /[A-Za-z0-9][_.-]$|[?&]$/.test(before) ? 'token' : 'hint';
}

/** Longer names are nobody's. */
const rest = /[\w-]{0,80}/y;
