/** Who answers. */
export type BackendKind = 'builtin' | 'cloud' | 'local';

/** The services that have a name of their own; any other is reached by `openai` and an address. */
export const cloudServices = [
  'openai',
  'azure',
  'mistral',
  'codestral',
  'deepseek',
  'gemini',
  'anthropic',
  'openrouter',
  'groq',
  'github',
] as const;

/** How a model may be asked to fill in the middle: by what its name tells, or in the form of one family. */
export const localTemplates = [
  'auto',
  'qwen',
  'starcoder2',
  'starcoder',
  'santacoder',
  'codellama',
  'deepseek',
  'codegemma',
  'codestral',
  'granite',
  'granite4',
  'mellum',
  'seed-coder',
  'plain',
] as const;

/** Everything that can be set, read once per question and handed along with it. One member is one setting `foretype.<name>`. */
export interface Settings {
  readonly backend: BackendKind;
  /** Tried in order when the chosen backend cannot answer. */
  readonly fallback: readonly BackendKind[];
  /** Language identifier, or `*`, to on or off. */
  readonly languages: Readonly<Record<string, boolean>>;
  /** Least pause after a key before a model is asked, ms. */
  readonly 'suggest.delay': number;
  /** Least time between a key and ghost text, ms; the request runs meanwhile. */
  readonly 'suggest.showDelay': number;
  readonly 'suggest.maxLines': number;
  /** Ask a metered backend for the next suggestion while one is on screen. */
  readonly 'suggest.askAhead': boolean;
  /** Show a very likely built-in suggestion while a model is being waited for. */
  readonly instant: boolean;
  /** Tokens of the whole prompt. */
  readonly 'context.maxTokens': number;
  readonly exclude: readonly string[];
  /** One of `cloudServices`; another text is refused by the backend. */
  readonly 'cloud.service': string;
  /** Base URL; empty for the service's own. */
  readonly 'cloud.endpoint': string;
  readonly 'cloud.model': string;
  /** Language identifier to model. */
  readonly 'cloud.modelByLanguage': Readonly<Record<string, string>>;
  /** Azure's api-version. */
  readonly 'cloud.apiVersion': string;
  readonly 'local.endpoint': string;
  /** Empty for the first model that the server offers. */
  readonly 'local.model': string;
  readonly 'local.protocol': 'auto' | 'chat' | 'completions' | 'infill' | 'ollama';
  /** The fill-in-the-middle template for `completions`, or `auto`. */
  readonly 'local.template': (typeof localTemplates)[number];
  /** Dollars; 0 is no bound. */
  readonly 'budget.daily': number;
  readonly 'budget.monthly': number;
  /** Model to dollars per million tokens. */
  readonly prices: Readonly<Record<string, ModelPrice>>;
}

/** Dollars per million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
}

/** What holds where the user has set nothing. package.json repeats these; a test compares. */
export const defaultSettings: Settings = {
  backend: 'builtin',
  fallback: [],
  languages: { '*': true },
  'suggest.delay': 0,
  'suggest.showDelay': 0,
  'suggest.maxLines': 8,
  'suggest.askAhead': false,
  instant: false,
  'context.maxTokens': 1600,
  exclude: [],
  'cloud.service': 'openai',
  'cloud.endpoint': '',
  'cloud.model': 'gpt-4o-mini',
  'cloud.modelByLanguage': {},
  'cloud.apiVersion': '2024-10-21',
  'local.endpoint': 'http://127.0.0.1:11434',
  'local.model': '',
  'local.protocol': 'auto',
  'local.template': 'auto',
  'budget.daily': 0,
  'budget.monthly': 0,
  prices: {},
};

/**
 * Settings that decide where code and keys go, what it costs and which files are read: a stranger's repository must not set them.
 * Each is application-scoped and restricted in package.json; a test compares. (Machine-scoped settings would be ignored in the user's own
 * settings file wherever the window is a remote one.)
 */
export const guardedSettings: readonly (keyof Settings)[] = [
  'backend',
  'fallback',
  'exclude',
  'context.maxTokens',
  'suggest.askAhead',
  'cloud.service',
  'cloud.endpoint',
  'cloud.model',
  'cloud.modelByLanguage',
  'cloud.apiVersion',
  'local.endpoint',
  'local.model',
  'local.protocol',
  'local.template',
  'budget.daily',
  'budget.monthly',
  'prices',
];
