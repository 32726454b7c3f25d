import type { Finding } from './finding.ts';
import { looksRandom } from './randomness.ts';

/** A kind of token that can be told by its own form. */
interface Format {
  readonly kind: string;
  /** What all tokens of the kind start with, as a regular expression; it is public and stays. */
  readonly prefix: string;
  /** What follows, as a regular expression. */
  readonly body: string;
  /** For prefixes that ordinary names start with too: the body has to look drawn at random. */
  readonly checked?: boolean;
}

const word = '[A-Za-z0-9]';
const hex = '[a-fA-F0-9]';
const uuid = `${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}`;

/**
 * Formats as their makers document them. Lengths are lower bounds, somewhat under the documented ones: makers lengthen tokens, and a
 * token that is being typed or was cut is as secret as a whole one.
 */
const formats: readonly Format[] = [
  // Source hosting and packages
  { kind: 'GitHub token', prefix: 'gh[pousr]_', body: `${word}{16,}` },
  { kind: 'GitHub token', prefix: 'github_pat_', body: '\\w{20,}' },
  {
    kind: 'GitLab token',
    prefix: 'gl(?:pat|rt|dt|ptt|ft|imt|agent|oas|soat|cbt|rtr|ffct|feat)-',
    body: '[\\w.-]{16,}',
  },
  { kind: 'GitLab token', prefix: '(?:GR1348941|_gitlab_session=)', body: '[\\w-]{16,}' },
  { kind: 'Bitbucket token', prefix: '(?:ATCTT3|ATBB|BBDC-)', body: '[\\w=+/-]{20,}' },
  { kind: 'Gitea token', prefix: 'gta_', body: `${hex}{30,}` },
  { kind: 'npm token', prefix: 'npm_', body: `${word}{30,}` },
  { kind: 'PyPI token', prefix: 'pypi-(?:AgE)?', body: '[\\w-]{32,}' },
  { kind: 'RubyGems key', prefix: 'rubygems_', body: `${hex}{32,}` },
  { kind: 'NuGet key', prefix: 'oy2', body: '[a-z0-9]{40,}' },
  { kind: 'crates.io token', prefix: '(?:cio|crates_)', body: `${word}{30,}`, checked: true },
  { kind: 'Clojars token', prefix: 'CLOJARS_', body: `${word}{40,}` },
  { kind: 'JFrog key', prefix: '(?:AKCp|cmVmdGtu)', body: `${word}{40,}` },
  { kind: 'Docker token', prefix: 'dckr_(?:pat|oat)_', body: '[\\w-]{20,}' },
  { kind: 'Sourcegraph token', prefix: 'sg[a-z]_(?:local_|[a-fA-F0-9]{16}_)?', body: `${hex}{32,}` },
  { kind: 'Snyk token', prefix: 'snyk_uat\\.', body: '[\\w.-]{30,}' },
  { kind: 'SonarQube token', prefix: 'sq[pau]_', body: `${hex}{32,}` },
  { kind: 'Buildkite token', prefix: '(?:bkua|bkcq|bkat)_', body: `${word}{30,}` },
  { kind: 'CircleCI token', prefix: 'CCI(?:PAT|PRJ)_', body: '\\w{30,}' },
  { kind: 'Travis or Terraform token', prefix: `${word}{14}\\.atlasv1\\.`, body: '[\\w=-]{40,}' },
  // Clouds
  {
    kind: 'AWS access key',
    prefix: '(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA|A3T[A-Z0-9])',
    body: '[A-Z0-9]{12,16}',
  },
  { kind: 'AWS Bedrock key', prefix: '(?:ABSK|bedrock-api-key-)', body: '[A-Za-z0-9+/=]{40,}' },
  { kind: 'AWS session token', prefix: '(?:FwoG|IQoJ|FQoG)', body: '[A-Za-z0-9+/=]{60,}' },
  { kind: 'AWS MWS key', prefix: 'amzn\\.mws\\.', body: uuid },
  { kind: 'AWS AppSync key', prefix: 'da2-', body: '[a-z0-9]{26}' },
  { kind: 'Google API key', prefix: 'AIza', body: '[\\w-]{30,}' },
  { kind: 'Google OAuth secret', prefix: 'GOCSPX-', body: '[\\w-]{20,}' },
  { kind: 'Google OAuth token', prefix: 'ya29\\.', body: '[\\w-]{20,}' },
  { kind: 'Google refresh token', prefix: '1//0', body: '[\\w-]{30,}' },
  { kind: 'Firebase key', prefix: 'AAAA', body: '[\\w-]{7}:[\\w-]{100,}' },
  { kind: 'Azure client secret', prefix: '', body: '[\\w~.-]{3}[78]Q~[\\w~.-]{30,}' },
  {
    kind: 'Azure key',
    prefix: '',
    body: '[A-Za-z0-9+/]{33,}(?:AzFu|AzSe|ARm|AzCa|AC[A-Z][a-z]?|ACDb|AIoT|AAAY|\\+ASt|\\+AMC|\\+ABa|ACR[A-Z])[A-Za-z0-9+/]{5,}={0,2}',
  },
  { kind: 'Azure key', prefix: '', body: '[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}' },
  { kind: 'Alibaba key', prefix: 'LTAI', body: `${word}{12,}` },
  { kind: 'Tencent key', prefix: 'AKID', body: `${word}{13,}` },
  { kind: 'IBM or Yandex key', prefix: '(?:AQVN|YCAJ|YCM)', body: '[\\w-]{20,}' },
  { kind: 'Yandex token', prefix: '(?:t1\\.|y0_)', body: '[\\w.=-]{30,}' },
  { kind: 'DigitalOcean token', prefix: 'do[opr]_v1_', body: `${hex}{40,}` },
  { kind: 'Heroku key', prefix: 'HRKU-', body: '[\\w-]{30,}' },
  { kind: 'Fly.io token', prefix: '(?:fo1_|fm[12][ar]?_)', body: '[\\w+/=,-]{30,}' },
  { kind: 'Scaleway key', prefix: 'SCW', body: '[A-Z0-9]{17}' },
  { kind: 'OVH or Vultr token', prefix: '(?:eu_|vultr_)', body: `${word}{30,}`, checked: true },
  { kind: 'Vercel token', prefix: '(?:vc[pkaits]|vercel(?:_blob_rw)?)_', body: '\\w{20,}' },
  { kind: 'Netlify token', prefix: 'nf[pcoub]_', body: `${word}{30,}` },
  { kind: 'Cloudflare key', prefix: 'v1\\.0-', body: `${hex}{20,}-${hex}{60,}` },
  { kind: 'Cloudflare token', prefix: 'cf(?:ut|k|at)_', body: '[\\w-]{30,}' },
  { kind: 'Supabase key', prefix: 'sb[ps]?_(?:secret_|publishable_)?', body: '\\w{20,}', checked: true },
  { kind: 'PlanetScale token', prefix: 'pscale_(?:tkn|pw|oauth)_', body: '[\\w=.-]{20,}' },
  { kind: 'Neon key', prefix: '(?:neon_|napi_|npg_)', body: `${word}{12,}`, checked: true },
  { kind: 'Databricks token', prefix: 'dapi', body: `${hex}{28,}(?:-\\d)?` },
  { kind: 'Snowflake token', prefix: 'ver:1-hint:', body: '[\\w+/=:-]{30,}' },
  { kind: 'Prefect token', prefix: 'pn[ub]_', body: `${word}{30,}` },
  { kind: 'Pulumi token', prefix: 'pul-', body: `${hex}{30,}` },
  {
    kind: 'Doppler token',
    prefix: 'dp\\.(?:pt|st|ct|scim|audit|sa|said)\\.(?:[a-z0-9_-]{2,35}\\.)?',
    body: `${word}{30,}`,
  },
  { kind: 'Infisical token', prefix: 'st\\.', body: `${hex}{20,}\\.[\\w.]{20,}` },
  { kind: 'HashiCorp Vault token', prefix: 'hv[sbr]\\.', body: '[\\w-]{20,}' },
  { kind: 'HashiCorp Vault token', prefix: '\\b[sbr]\\.', body: `${word}{24}(?![\\w(.])`, checked: true },
  { kind: '1Password token', prefix: 'ops_eyJ', body: '[\\w+/=-]{40,}' },
  {
    kind: '1Password key',
    prefix: 'A3-',
    body: '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}',
  },
  { kind: 'Tailscale key', prefix: 'tskey-[a-z]+-', body: '[\\w-]{15,}' },
  { kind: 'age key', prefix: 'AGE-SECRET-KEY-1', body: '[A-Z0-9]{40,}' },
  { kind: 'OpenShift token', prefix: 'sha256~', body: '[\\w-]{40,}' },
  { kind: 'Rancher token', prefix: 'token-[a-z0-9]{5}:', body: '[a-z0-9]{40,}' },
  { kind: 'Ngrok token', prefix: '(?:ak_|2)', body: `${word}{26}_${word}{21}` },
  // Models and data
  {
    kind: 'OpenAI or similar key',
    prefix: 'sk-(?:proj-|svcacct-|admin-|None-|or-v1-|lf-)?',
    body: '[\\w-]{20,}',
    checked: true,
  },
  { kind: 'Anthropic key', prefix: 'sk-ant-(?:api|admin|oat|sid)\\d\\d-', body: '[\\w-]{20,}' },
  { kind: 'Hugging Face token', prefix: '(?:hf|api_org)_', body: `${word}{28,}` },
  { kind: 'Groq key', prefix: 'gsk_', body: `${word}{30,}` },
  { kind: 'xAI key', prefix: 'xai-', body: '[\\w-]{40,}' },
  { kind: 'Perplexity key', prefix: 'pplx-', body: `${word}{30,}` },
  { kind: 'Replicate token', prefix: 'r8_', body: `${word}{30,}` },
  { kind: 'Fireworks key', prefix: 'fw_', body: `${word}{20,}`, checked: true },
  { kind: 'Tavily key', prefix: 'tvly-', body: '[\\w-]{20,}' },
  { kind: 'NVIDIA key', prefix: 'nvapi-', body: '[\\w-]{40,}' },
  { kind: 'Cerebras key', prefix: 'csk-', body: `${word}{30,}` },
  { kind: 'LangSmith key', prefix: 'ls(?:v2_(?:pt|sk)_|__)', body: '\\w{30,}' },
  { kind: 'Pinecone key', prefix: 'pc(?:sk|ln)_', body: '\\w{30,}' },
  { kind: 'Weights & Biases key', prefix: 'wandb_v1_', body: '\\w{30,}' },
  { kind: 'Firecrawl or Jina key', prefix: '(?:fc-|jina_)', body: '[\\w-]{30,}', checked: true },
  // Messages and mail
  { kind: 'Slack token', prefix: 'xox[a-z](?:\\.xox[a-z])?-(?:\\d-)?', body: '[\\w%-]{10,}' },
  { kind: 'Slack app token', prefix: 'x(?:app|wfp|e\\.xox[bp])-\\d-', body: '[\\w-]{20,}' },
  {
    kind: 'Slack webhook',
    prefix: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/',
    body: '[A-Za-z0-9+/]{30,}',
  },
  {
    kind: 'Discord webhook',
    prefix: 'discord(?:app)?\\.com/api/(?:v\\d+/)?webhooks/\\d+/',
    body: '[\\w-]{40,}',
  },
  {
    kind: 'Discord token',
    prefix: '',
    body: '(?:mfa\\.[\\w-]{80,}|[MNO][A-Za-z\\d_-]{22,28}\\.[\\w-]{6}\\.[\\w-]{27,})',
  },
  { kind: 'Telegram token', prefix: '(?:bot)?\\d{7,10}:', body: '[\\w-]{33,}' },
  {
    kind: 'Teams webhook',
    prefix: '(?:outlook\\.office\\.com|webhook\\.office\\.com)/webhook\\w*/',
    body: '[\\w@/-]{60,}',
  },
  { kind: 'Zapier or Make webhook', prefix: 'hooks\\.zapier\\.com/hooks/catch/', body: '[\\w/]{8,}' },
  { kind: 'SendGrid key', prefix: 'SG\\.', body: '[\\w=-]{16,}\\.[\\w=-]{30,}' },
  { kind: 'Mailgun key', prefix: '(?:key|pubkey)-', body: `${hex}{32}` },
  { kind: 'Mailgun key', prefix: '', body: `${hex}{32}-${hex}{8}-${hex}{8}` },
  { kind: 'Mailchimp key', prefix: '', body: `${hex}{32}-us\\d{1,2}` },
  { kind: 'Brevo key', prefix: 'x(?:keysib|smtpsib)-', body: `${hex}{60,}-${word}{16}` },
  { kind: 'Resend key', prefix: 're_', body: '\\w{20,}', checked: true },
  { kind: 'Postman key', prefix: 'PMAK-', body: `${hex}{20,}-${hex}{30,}` },
  { kind: 'Twilio key', prefix: '(?:SK|AC)', body: `${hex}{32}` },
  { kind: 'Intercom or Twitch token', prefix: '(?:dG9rO|oauth:)', body: '[A-Za-z0-9=]{26,}' },
  // Money
  { kind: 'Stripe key', prefix: '(?:sk|rk|pk)_(?:live|test|prod)_', body: `${word}{10,}` },
  { kind: 'Stripe webhook secret', prefix: 'whsec_', body: '[A-Za-z0-9+/=]{20,}' },
  { kind: 'Square token', prefix: '(?:EAAA|sq0(?:atp|csp|idp)-)', body: '[\\w-]{20,}' },
  {
    kind: 'PayPal or Braintree token',
    prefix: 'access_token\\$(?:production|sandbox)\\$',
    body: '[0-9a-z]{16}\\$[0-9a-f]{32}',
  },
  { kind: 'Shopify token', prefix: 'shp(?:at|ca|pa|ss|tka|ltka|ua)_', body: `${hex}{30,}` },
  { kind: 'Flutterwave key', prefix: 'FLW(?:PUB|SEC)K(?:_TEST)?-', body: '[\\w-]{12,}' },
  { kind: 'Plaid token', prefix: '(?:access|public|link)-(?:sandbox|development|production)-', body: uuid },
  { kind: 'Razorpay key', prefix: 'rzp_(?:live|test)_', body: `${word}{10,}` },
  { kind: 'Paystack or Adyen key', prefix: '(?:AQE|SECRET_)', body: '[A-Za-z0-9+/=*.-]{60,}' },
  { kind: 'GoCardless token', prefix: '(?:live|sandbox)_', body: '[\\w-]{38,}', checked: true },
  { kind: 'Coinbase or Lob key', prefix: '(?:live|test)_(?:pub_)?', body: `${hex}{30,}` },
  { kind: 'EasyPost key', prefix: 'EZ[AT]K', body: `${word}{40,}` },
  { kind: 'Duffel token', prefix: 'duffel_(?:test|live)_', body: '[\\w=-]{30,}' },
  { kind: 'Shippo token', prefix: 'shippo_(?:live|test)_', body: `${hex}{30,}` },
  { kind: 'Polar or Lemon token', prefix: 'polar_(?:oat|pat|whs|ct|at)_', body: '[\\w-]{20,}' },
  {
    kind: 'Dodo or Clerk or Paddle key',
    prefix: '(?:pdl_(?:live|sdbx)_apikey_|pdl_ntfset_)',
    body: '\\w{20,}',
  },
  // Operations
  { kind: 'New Relic key', prefix: 'NR(?:AK|JS|II|IQ|AA|RA|SP|BR|MA)-', body: '[A-Za-z0-9_-]{16,}' },
  { kind: 'New Relic key', prefix: '', body: `${hex}{36}(?:NRAL|FFFF${hex}{0})` },
  { kind: 'Grafana token', prefix: 'gl(?:c|sa)_', body: '[A-Za-z0-9+/=_]{30,}' },
  { kind: 'Sentry token', prefix: 'sntry[su]_', body: '[A-Za-z0-9+/=_]{40,}' },
  { kind: 'Dynatrace token', prefix: 'dt0[a-z]\\d\\d\\.', body: `${word}{20,}\\.${word}{50,}` },
  { kind: 'Datadog key', prefix: 'dd(?:p|app|api)_', body: `${word}{28,}`, checked: true },
  { kind: 'Honeycomb key', prefix: 'hc[abxkm][a-z]{2}_', body: `${word}{30,}` },
  { kind: 'PostHog key', prefix: 'ph[cxs]_', body: `${word}{30,}` },
  { kind: 'PagerDuty key', prefix: 'u\\+', body: '[\\w-]{18}' },
  { kind: 'LaunchDarkly key', prefix: '(?:api|sdk|mob)-', body: `${word}{8}(?:-${word}{4}){3}-${word}{12}` },
  {
    kind: 'ConfigCat or Statsig key',
    prefix: '(?:configcat-sdk-1/|secret-)',
    body: `${word}{20,}(?:/${word}{20,})?`,
    checked: true,
  },
  { kind: 'Octopus key', prefix: 'API-', body: '[A-Z0-9]{25,}' },
  { kind: 'Harness token', prefix: '[ps]at\\.', body: `[\\w-]{18,}\\.${word}{20,}\\.${word}{18,}` },
  { kind: 'Airtable token', prefix: 'pat', body: `${word}{14}\\.${hex}{60,}` },
  { kind: 'Airtable key', prefix: 'key', body: `${word}{14}(?!\\w)`, checked: true },
  { kind: 'Notion token', prefix: '(?:ntn_|secret_)', body: `${word}{40,}` },
  { kind: 'Linear key', prefix: 'lin_(?:api|oauth|wh)_', body: `${word}{30,}` },
  { kind: 'Figma token', prefix: 'fig[dourh]+_', body: '[\\w-]{36,}' },
  { kind: 'Atlassian token', prefix: 'ATATT3', body: '[\\w=+/-]{60,}' },
  { kind: 'Asana token', prefix: '[012]/\\d{10,}(?:/\\d{10,})?:', body: `${hex}{32}` },
  { kind: 'ClickUp token', prefix: 'pk_\\d{5,}_', body: '[A-Z0-9]{28,}' },
  { kind: 'Typeform token', prefix: 'tfp_', body: '[\\w.=-]{40,}' },
  { kind: 'Contentful token', prefix: 'CFPAT-', body: '[\\w-]{30,}' },
  { kind: 'Dropbox token', prefix: 'sl\\.(?:u\\.|B)?', body: '[\\w=-]{100,}' },
  { kind: 'Frame.io token', prefix: 'fio-u-', body: '[\\w=-]{50,}' },
  { kind: 'ReadMe key', prefix: 'rdme_', body: '[a-z0-9]{60,}' },
  { kind: 'Adobe secret', prefix: 'p8e-', body: `${word}{30,}` },
  { kind: 'Adafruit key', prefix: 'aio_', body: `${word}{26,}` },
  { kind: 'HubSpot token', prefix: 'pat-(?:na|eu)\\d-', body: uuid },
  { kind: 'Facebook token', prefix: '\\d{14,16}(?:\\||%7C)', body: '[\\w-]{26,}' },
  { kind: 'Facebook token', prefix: 'EAA', body: `(?:[A-Z]|Z[A-Z])${word}{40,}` },
  { kind: 'Twitter token', prefix: 'A{20,}', body: '[\\w%]{60,}' },
  { kind: 'LinkedIn secret', prefix: 'WPL_AP[01]\\.', body: `${word}{12,}[.\\w=]*` },
  { kind: 'Mapbox token', prefix: '[ps]k\\.eyJ', body: '[\\w-]{40,}\\.[\\w-]{20,}' },
  { kind: 'Mapbox or Maxmind key', prefix: '', body: `${word}{6}_${word}{29}_mmk` },
  { kind: 'Algolia or Meilisearch key', prefix: 'algolia_', body: `${hex}{32}` },
  { kind: 'Sanity token', prefix: 'sk', body: `${word}{80,}` },
  { kind: 'Apify or Trigger token', prefix: '(?:apify_api_|tr_(?:dev|prod|stg|pat)_)', body: `${word}{16,}` },
  {
    kind: 'Unkey or Clerk or WorkOS key',
    prefix: '(?:unkey_|sk_(?:live|test)_|sk_)',
    body: `${word}{20,}`,
    checked: true,
  },
  { kind: 'Voyage or Zilliz key', prefix: '(?:pa-|db_)', body: '[\\w-]{36,}', checked: true },
  {
    kind: 'Lovable or Deepgram key',
    prefix: '(?:dg|lk|el|sk|ak|rk|tk|api|key|token|secret|tok)_',
    body: `${word}{24,}`,
    checked: true,
  },
  { kind: 'settlemint token', prefix: 'sm_(?:aat|pat|sat)_', body: `${word}{16}` },
  { kind: 'Grafana key', prefix: 'eyJrIjoi', body: '[A-Za-z0-9+/=]{60,}' },
  {
    kind: 'Authress key',
    prefix: '(?:sc|ext|scauth|authress)_',
    body: `${word}{5,}\\.${word}{4,6}\\.acc[_-][\\w-]{10,}\\.[\\w+/=-]{30,}`,
  },
  { kind: '42 secret', prefix: 's-s4t2(?:ud|af)-', body: `${hex}{64}` },
  { kind: 'Scalingo token', prefix: 'tk-us-', body: '[\\w-]{40,}' },
  { kind: 'PASETO', prefix: 'v[1-4]\\.local\\.', body: '[\\w-]{40,}(?:\\.[\\w-]+)?' },
  { kind: 'JSON web token', prefix: 'eyJ', body: '[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.?[\\w-]*' },
  {
    kind: 'encrypted JSON web token',
    prefix: 'eyJ',
    body: '[\\w-]{10,}\\.[\\w-]*\\.[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]{10,}',
  },
  { kind: 'Ethereum extended or WIF key', prefix: '[xyz]prv', body: `${word}{100,}` },
];

/** Where a token can begin at all: the start of a run that is long enough for the shortest (prefix and body). */
const candidate = /(?<![A-Za-z0-9])(?=[\w.~+/=:$@|%-]{15})[A-Za-z0-9]/g;

/** One expression for all formats. Group 2n + 1 is a format's prefix and 2n + 2 its body. */
const anyFormat = new RegExp(formats.map(({ prefix, body }) => `(${prefix})(${body})`).join('|'), 'y');

/** Behind the name of an account often stands its secret, which has no form: `Client("AC…", "…")`, `AKIA… / …`. */
const partner = /["'`]?[ \t]*[,/:|][ \t]*["'`]?([A-Za-z0-9+/_=-]{20,})/y;

/** Tokens that their own form tells, wherever they stand. */
export function findByFormat(text: string): Finding[] {
  const found: Finding[] = [];
  candidate.lastIndex = 0;
  while (candidate.test(text)) {
    const at = candidate.lastIndex - 1;
    anyFormat.lastIndex = at;
    const match = anyFormat.exec(text);
    if (match === null) continue;
    const row = match.findIndex((group, index) => index % 2 === 1 && group !== undefined) >> 1;
    const prefix = match[2 * row + 1] ?? '';
    const body = match[2 * row + 2] ?? '';
    const format = formats[row];
    if (format === undefined || (format.checked === true && !looksRandom(body))) continue;
    const start = at + prefix.length;
    const end = start + body.length;
    found.push({ start, end, kind: format.kind, tokenStart: at });
    candidate.lastIndex = end;
    partner.lastIndex = end;
    const secret = partner.exec(text)?.[1];
    if (secret === undefined || !(looksRandom(secret) || /^[A-Za-z0-9+/]{40}$/.test(secret))) continue;
    found.push({ start: partner.lastIndex - secret.length, end: partner.lastIndex, kind: format.kind });
  }
  return found;
}
