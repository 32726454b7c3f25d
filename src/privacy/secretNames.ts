/** How much a value must look like a secret to be taken for one after such a name. */
export type NameStrength =
  /** Names of things that people make up: a short value with a digit or a sign in it is enough. */
  | 'password'
  /** Names of things that machines make. */
  | 'token'
  /** Names of services and common words: the value has to be surely random. */
  | 'hint';

const passwordNames =
  'passw(?:or)?d|passwrd|passwort|passphrase|passcode|pass_?key|passwd|pwd|pswd|psw|(?<![a-z])pass(?![a-z])|contrase[nñ]a|senha|mot_?de_?passe|kennwort|requirepass|masterauth|convertto-securestring|identified\\s+by|mnemonic|seed_?phrase|recovery_?(?:phrase|code)|pre-?shared[-_]?key|(?<![a-z])psk(?![a-z])|pin_?code|(?<![a-z])(?:pgpassword|mysql_pwd)';

const tokenNames =
  'secrets?|tokens?|api[-_. ]?keys?|apikey|app[-_]?key|access[-_. ]?keys?|account[-_. ]?keys?|auth[-_. ]?keys?|private[-_. ]?keys?|signing[-_. ]?keys?|signature|encryption[-_. ]?keys?|encrypt[-_]?key|decryption[-_]?key|master[-_. ]?keys?|license[-_]?key|subscription[-_]?key|storage[-_]?key|session[-_]?(?:key|id)|shared[-_]?access[-_]?key|service[-_]?key|server[-_]?key|consumer[-_]?key|client[-_]?key(?:-data)?|deploy[-_]?key|admin[-_]?key|write[-_]?key|read[-_]?key|webhook(?:[-_]?url)?|credentials?|creds?|authorization|x-auth[\\w-]*|bearer|basic|(?<![a-z])auth(?![a-z])|authentication|(?<![a-z])cookie|sess(?:ion)?id|sid(?![a-z])|jwt|hmac|salt|pepper|nonce_?secret|csrf|otp[-_]?(?:secret|seed)|totp|(?<![a-z])sig(?![a-z])|sas(?![a-z])|connection[-_]?strings?|(?<![a-z])conn[-_]?str|dsn|integration[-_]?key|routing[-_]?key|ingest(?:ion)?[-_]?key|instrumentation[-_]?key|machinekey|validationkey|decryptionkey|cipher[-_]?key|aes[-_]?key|rsa[-_]?key|ssh[-_]?key|pgp[-_]?key|gpg[-_]?key';

const hintNames =
  '(?<![a-z])keys?(?![a-z])|aws|amazon|azure|gcp|heroku|twilio|datadog|algolia|mailchimp|mailgun|cloudflare|sendgrid|fastly|okta|auth0|bitbucket|travis|circleci|sonar|snyk|sentry|segment|amplitude|mixpanel|newrelic|new_relic|pagerduty|opsgenie|splunk|sumologic|logdna|loggly|papertrail|zendesk|intercom|hubspot|salesforce|shodan|virustotal|censys|zoom|dropbox|facebook|twitter|linkedin|instagram|spotify|asana|trello|jira|confluence|atlassian|airtable|notion|contentful|etsy|squarespace|shopify|stripe|plaid|coinbase|binance|kraken|kucoin|bittrex|finnhub|finicity|alchemy|infura|etherscan|mapbox|maxmind|messagebird|nexmo|vonage|plivo|telegram|discord|slack|yandex|gitter|gitlab|github|jenkins|artifactory|jfrog|nuget|codecov|coveralls|launchdarkly|lob|looker|mattermost|netlify|vercel|digitalocean|linode|vultr|scaleway|hetzner|adobe|adafruit|beamer|clearbit|confluent|doppler|droneci|duffel|dynatrace|easypost|freshbooks|frameio|gocardless|gitea|hashicorp|kubernetes|octopus|planetscale|postman|privateai|pulumi|rapidapi|readme|scalingo|sendbird|sendinblue|shippo|sidekiq|square|sumo|typeform|openai|anthropic|cohere|mistral|deepseek|perplexity|elevenlabs|assemblyai|deepgram|stability|replicate|pinecone|weaviate|qdrant|langfuse|openweather|giphy|unsplash|pexels|ipstack|ipinfo|geocodio|here|tomtom|yelp|foursquare|weather|nasa';

const anyName = new RegExp(`(${passwordNames})|(${tokenNames})|(${hintNames})`, 'gi');

/** Words after a secret's name that make it the name of something else: `passwordPolicy`, `token_type`, `secretName`. */
const otherThing =
  /^[-_. ]?(?:s?type|name|policy|field|label|placeholder|hint|length|regex|pattern|rule|count|limit|expir|ttl|age|lifetime|url|uri|endpoint|path|file|dir|ref|arn|id[-_]?(?:field|column)|header|scheme|prefix|suffix|format|strength|visible|error|message|required|provider|manager|service|store|page|form|input|reset|index|budget|per|usage|start|end|kind|list|map|schema|version|selector|component|button|title|class|algorithm|alg|rotation)/i;

/** A name of a secret in a text. */
export interface SecretName {
  readonly start: number;
  /** After the last character of the whole identifier. */
  readonly end: number;
  readonly strength: NameStrength;
}

/** The names in a text after which a secret might stand. */
export function* secretNames(text: string): Generator<SecretName> {
  for (const match of text.matchAll(anyName)) {
    const wordEnd = match.index + match[0].length;
    rest.lastIndex = wordEnd;
    const tail = rest.exec(text)?.[0] ?? '';
    if (otherThing.test(tail)) continue;
    const strength =
      match[1] !== undefined
        ? 'password'
        : match[2] !== undefined || isServiceKey(text, match.index)
          ? 'token'
          : 'hint';
    yield { start: match.index, end: wordEnd + tail.length, strength };
  }
}

/** `DROPBOX_KEY`, `mapKey`: a key of something, unless that something is data. */
function isServiceKey(text: string, at: number): boolean {
  if (!/^keys?\b/i.test(text.slice(at, at + 5))) return false;
  const before = text.slice(Math.max(0, at - 12), at);
  return (
    /[A-Za-z0-9][_.-]$|[?&]$/.test(before) &&
    !/(?:public|primary|foreign|cache|sort|hash|range|partition|row|object|map|hot|query|unique|index|s3|i18n)[_.-]$/i.test(
      before,
    )
  );
}

const rest = /[\w-]*/y;
