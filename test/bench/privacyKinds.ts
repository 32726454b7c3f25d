/**
 * Kinds of secrets as their makers document them, written independently of the rules under test. `{set:count}` stands for random
 * characters: 62 letters and digits, 36 small letters and digits, 32 capitals and digits, hex, url (base64url), b64 (base64), d digits.
 */
export const tokenKinds: Readonly<Record<string, string>> = {
  'AWS access key': 'AKIA{32:16}',
  'AWS temporary key': 'ASIA{32:16}',
  'Google API key': 'AIzaSy{url:33}',
  'Google OAuth secret': 'GOCSPX-{url:28}',
  'Google access token': 'ya29.a0{url:120}',
  'Azure client secret': '{62:3}8Q~{url:34}',
  'Alibaba key': 'LTAI5t{62:18}',
  'DigitalOcean token': 'dop_v1_{hex:64}',
  'Scaleway key': 'SCW{32:17}',
  'Fly.io token': 'fm2_{b64:80}',
  'Vault token': 'hvs.{url:24}',
  'Terraform token': '{62:14}.atlasv1.{url:67}',
  'Pulumi token': 'pul-{hex:40}',
  'Doppler token': 'dp.pt.{62:43}',
  'Databricks token': 'dapi{hex:32}',
  'PlanetScale password': 'pscale_pw_{url:43}',
  'Supabase key': 'sbp_{hex:40}',
  'Vercel token': 'vcp_{62:56}',
  'Netlify token': 'nfp_{62:36}',
  'Tailscale key': 'tskey-auth-{62:12}CNTRL-{62:32}',
  'age key': 'AGE-SECRET-KEY-1{32:58}',
  'GitHub token': 'ghp_{62:36}',
  'GitHub server token': 'ghs_{62:36}',
  'GitHub fine-grained token': 'github_pat_{62:22}_{62:59}',
  'GitLab token': 'glpat-{url:20}',
  'GitLab runner token': 'glrt-{url:20}',
  'Bitbucket app password': 'ATBB{62:32}',
  'Atlassian token': 'ATATT3xFfGF0{url:170}={32:8}',
  'npm token': 'npm_{62:36}',
  'PyPI token': 'pypi-AgEIcHlwaS5vcmc{url:120}',
  'RubyGems key': 'rubygems_{hex:48}',
  'NuGet key': 'oy2{36:43}',
  'Docker token': 'dckr_pat_{url:27}',
  'Artifactory key': 'AKCp{62:69}',
  'Sourcegraph token': 'sgp_{hex:40}',
  'Snyk-like service token': 'snyk_uat.{hex:8}.{url:60}',
  'CircleCI token': 'CCIPAT_{62:22}_{hex:40}',
  'OpenAI key': 'sk-proj-{url:74}T3BlbkFJ{url:74}',
  'OpenAI legacy key': 'sk-{62:20}T3BlbkFJ{62:20}',
  'Anthropic key': 'sk-ant-api03-{url:93}AA',
  'Hugging Face token': 'hf_{62:34}',
  'Groq key': 'gsk_{62:52}',
  'xAI key': 'xai-{62:80}',
  'Perplexity key': 'pplx-{62:48}',
  'Replicate token': 'r8_{62:37}',
  'OpenRouter key': 'sk-or-v1-{hex:64}',
  'LangSmith key': 'lsv2_pt_{hex:32}_{hex:10}',
  'Pinecone key': 'pcsk_{62:6}_{62:63}',
  'Slack bot token': 'xoxb-{d:12}-{d:13}-{62:24}',
  'Slack app token': 'xapp-1-A{32:10}-{d:13}-{hex:64}',
  'Slack webhook': 'https://hooks.slack.com/services/T{32:8}/B{32:10}/{62:24}',
  'Discord token': 'MT{62:24}.{62:6}.{url:38}',
  'Discord webhook': 'https://discord.com/api/webhooks/{d:19}/{url:68}',
  'Telegram token': '{d:10}:AA{url:33}',
  'SendGrid key': 'SG.{url:22}.{url:43}',
  'Mailgun key': 'key-{hex:32}',
  'Mailchimp key': '{hex:32}-us{d:2}',
  'Brevo key': 'xkeysib-{hex:64}-{62:16}',
  'Postman key': 'PMAK-{hex:24}-{hex:34}',
  'Twilio key': 'SK{hex:32}',
  'Stripe key': 'sk_live_{62:24}',
  'Stripe restricted key': 'rk_live_{62:24}',
  'Stripe webhook secret': 'whsec_{62:32}',
  'Square token': 'EAAA{url:60}',
  'Shopify token': 'shpat_{hex:32}',
  'Razorpay key': 'rzp_live_{62:14}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how the token is written.
  'Braintree token': 'access_token$production${36:16}${hex:32}',
  'New Relic key': 'NRAK-{32:27}',
  'Grafana token': 'glsa_{62:32}_{hex:8}',
  'Sentry token': 'sntrys_{b64:80}',
  'Dynatrace token': 'dt0c01.{32:24}.{32:64}',
  'PostHog key': 'phx_{62:43}',
  'Airtable token': 'pat{62:14}.{hex:64}',
  'Notion token': 'ntn_{62:46}',
  'Linear key': 'lin_api_{62:40}',
  'Figma token': 'figd_{url:40}',
  'HubSpot token': 'pat-na1-{uuid}',
  'Mapbox token': 'sk.eyJ{62:80}.{url:22}',
  'Typeform token': 'tfp_{62:44}_{62:14}',
  'JSON web token': 'eyJhbGciOiJIUzI1NiJ9.eyJ{url:40}.{url:43}',
};

/** Secrets without a form of their own: only what stands around them tells. */
export const namedKinds: Readonly<Record<string, string>> = {
  'hexadecimal key (Datadog, Algolia, …)': '{hex:32}',
  'long hexadecimal key': '{hex:64}',
  'UUID as a key (Heroku, …)': '{uuid}',
  'AWS secret key': '{b64:40}',
  'Azure storage key': '{b64:86}==',
  'small letters and digits': '{36:32}',
  'letters and digits': '{62:24}',
  'short letters and digits': '{62:16}',
  'base64url of 32 bytes': '{url:43}',
};

/** Passwords as people make them up; they stand after names of passwords only. */
export const passwordKinds: Readonly<Record<string, string>> = {
  'made-up password': 'S{36:3}mer{d:4}!',
  'drawn password': '{62:6}-{62:6}-{62:6}',
  'password with signs': '{36:4}#{62:5}%{d:2}',
  'password with brackets': '{62:4}({36:3})<{d:2}!',
  'password with a brace': 'x{36:3}{%{d:4}',
};

const sets: Readonly<Record<string, string>> = {
  '62': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  '36': 'abcdefghijklmnopqrstuvwxyz0123456789',
  '32': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  hex: '0123456789abcdef',
  url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  b64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  d: '0123456789',
};

/** Draws a secret of a form. `random` gives numbers from 0 to 1. */
export function drawn(form: string, random: () => number): string {
  const many = (set: string, count: number) =>
    Array.from({ length: count }, () => set.charAt(Math.floor(random() * set.length))).join('');
  const hex = (count: number) => many(sets['hex'] ?? '', count);
  return form
    .replaceAll('{uuid}', () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`)
    .replace(/\{(\w+):(\d+)\}/g, (_, set: string, count: string) => many(sets[set] ?? '', Number(count)));
}
