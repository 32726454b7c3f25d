/** Where a secret may stand in what is sent. `v` is a service's name in small letters, `s` the secret. */
type Place = (v: string, s: string) => string;

const upper = (text: string) => text.toUpperCase();
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Places with a name that says what the value is. */
export const namedPlaces: Readonly<Record<string, Place>> = {
  'code, const': (v, s) => `const ${v}ApiKey = "${s}";`,
  'code, Python': (v, s) => `${v}_token = '${s}'`,
  'code, typed': (v, s) => `private readonly ${v}Secret: string = '${s}';`,
  'code, Go struct': (_, s) => `cfg := Config{APIKey: "${s}"}`,
  'code, C#': (v, s) => `private const string ${capital(v)}Secret = "${s}";`,
  'code, call': (_, s) => `client.setApiKey("${s}")`,
  'code, dictionary': (v, s) => `os.environ['${upper(v)}_ACCESS_TOKEN'] = '${s}'`,
  'code, default': (v, s) => `const key = process.env.${upper(v)}_API_KEY ?? "${s}";`,
  env: (v, s) => `${upper(v)}_API_KEY=${s}`,
  'env, exported': (v, s) => `export ${upper(v)}_TOKEN="${s}"`,
  JSON: (v, s) => `  "${v}ApiKey": "${s}",`,
  'JSON in a string': (_, s) => `const body = "{\\"secret_key\\":\\"${s}\\"}";`,
  YAML: (v, s) => `  ${v}_api_key: ${s}`,
  'YAML, name and value': (v, s) => `  - name: ${upper(v)}_TOKEN\n    value: "${s}"`,
  TOML: (v, s) => `${v}_secret_key = "${s}"`,
  properties: (v, s) => `${v}.api.key=${s}`,
  XML: (v, s) => `<add key="${capital(v)}ApiKey" value="${s}" />`,
  Dockerfile: (v, s) => `ENV ${upper(v)}_SECRET ${s}`,
  Terraform: (v, s) => `  ${v}_api_token = "${s}"`,
  'URL, query': (v, s) => `fetch("https://api.${v}.com/v1/items?api_key=${encodeURIComponent(s)}&limit=10")`,
  'URL, user': (v, s) => `git clone https://oauth2:${encodeURIComponent(s)}@git.${v}.com/team/app.git`,
  comment: (v, s) => `// ${v} api key: ${s}`,
  'comment, prose': (v, s) => `# the old ${v} token was ${s}`,
  'header, bearer': (v, s) => `curl -H "Authorization: Bearer ${s}" https://api.${v}.com`,
  'header, own': (_, s) => `  headers: { 'X-Api-Key': '${s}' },`,
  'header, raw': (v, s) => `X-${capital(v)}-Token: ${s}`,
  'command line': (v, s) => `${v}-cli deploy --token ${s} --region eu`,
};

/** Places that say nothing: only the form of the secret tells. */
export const barePlaces: Readonly<Record<string, Place>> = {
  'bare constant': (_, s) => `const x = "${s}";`,
  'bare argument': (_, s) => `connect(url, '${s}')`,
  'bare comment': (_, s) => `# ${s}`,
  'bare prose': (_, s) => `/* use ${s} for now */`,
};

/** Places of passwords. */
export const passwordPlaces: Readonly<Record<string, Place>> = {
  'code, const': (_, s) => `const password = "${s}";`,
  'code, argument': (_, s) => `connect(host="db", user="app", password="${s}")`,
  env: (_, s) => `DB_PASSWORD=${s}`,
  JSON: (_, s) => `  "password": "${s}"`,
  YAML: (_, s) => `  password: ${s}`,
  'connection string': (_, s) => `"Server=db;Database=app;User Id=sa;Password=${s};Encrypt=True"`,
  'URL of a database': (_, s) => `DATABASE_URL=postgres://app:${encodeURIComponent(s)}@db:5432/app`,
  SQL: (_, s) => `CREATE USER app IDENTIFIED BY '${s}';`,
  XML: (_, s) => `<password>${s}</password>`,
  'command line': (_, s) => `curl -u admin:${s} https://example.com`,
  comment: (_, s) => `// password: ${s}`,
};

/** Ordinary values in ordinary places, which have to stay. `{…}` as in the kinds. */
export const ordinary: Readonly<Record<string, string>> = {
  'git commit in code': 'const commit = "{hex:40}";',
  'git commit in YAML': '      - uses: actions/checkout@{hex:40} # v4',
  'git commit in prose': 'Fixed in {hex:40}, see the log.',
  'short commit': 'revision {hex:7}',
  'sha512 integrity': '      "integrity": "sha512-{b64:86}==",',
  'sha384 of a script': '<script integrity="sha384-{b64:64}" crossorigin="anonymous"></script>',
  'sha256 of an image': 'FROM node@sha256:{hex:64}',
  'Cargo checksum': 'checksum = "{hex:64}"',
  'go.sum': 'golang.org/x/text v0.3.7 h1:{b64:43}=',
  'pip hash': '    --hash=sha256:{hex:64}',
  ETag: 'ETag: "{hex:32}"',
  MD5: 'const md5 = "{hex:32}";',
  'UUID in code': 'const id = "{uuid}";',
  'UUID in JSON': '  "traceId": "{uuid}",',
  'UUID in a URL': 'GET /v1/orders/{uuid}/items',
  'UUID in SQL': "WHERE user_id = '{uuid}'",
  'UUID in a test': 'expect(order.id).toBe("{uuid}");',
  'asset name': '<link href="/assets/index-{62:8}.css">',
  'colour and number': 'color: #{hex:6}; z-index: {d:4};',
};
