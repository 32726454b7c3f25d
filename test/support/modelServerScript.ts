/** One rule of scripted text: the first whose `when` (part of the prompt; empty fits all) is found answers. */
export interface TextRule {
  readonly when: string;
  readonly answer: string;
}

/** What goes wrong. `afterTokens` counts tokens of the answer that are still sent; 0 is before the first one. */
export type Fault =
  | { readonly kind: 'none' }
  /** An error status with the body that this protocol's servers send, or the one given. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly retryAfter?: string;
      readonly body?: string;
    }
  /** Says nothing more and keeps the connection open. `headers: false` does not even answer the request. */
  | { readonly kind: 'hang'; readonly afterTokens: number; readonly headers?: boolean }
  /** Breaks the connection. */
  | { readonly kind: 'cut'; readonly afterTokens: number }
  /** Sends bytes that are no frame of the protocol, then ends. */
  | { readonly kind: 'garbage'; readonly afterTokens: number }
  /** An error object inside the stream, as gateways send it. */
  | { readonly kind: 'error-frame'; readonly afterTokens: number; readonly message?: string }
  /** A login page with status 200. */
  | { readonly kind: 'html' }
  | { readonly kind: 'redirect'; readonly to: string }
  /** A well-formed answer without any text. */
  | { readonly kind: 'empty' };

/** How the server answers. JSON-friendly but for `text` and `logprob` as functions and `count`, which only work in-process. */
export interface Script {
  readonly text: string | readonly TextRule[] | ((prompt: string, body: unknown) => string);
  readonly firstTokenMs: number;
  /** 0 sends all tokens at once. */
  readonly tokensPerSecond: number;
  readonly fault: Fault;
  /** How many requests the fault meets before all is well; null for all. */
  readonly faultTimes: number | null;
  /** How frames are cut into writes: one write a frame, one byte a write, or pieces of odd sizes across frames. */
  readonly split: 'frames' | 'bytes' | 'odd';
  readonly newline: '\n' | '\r\n';
  /** Whether a space follows `data:`. */
  readonly space: boolean;
  /** Comment lines between frames, as keep-alives are sent. */
  readonly comments: boolean;
  /** asked: as the protocol says; never: not even when asked. */
  readonly usage: 'asked' | 'never';
  readonly cachedTokens: number;
  readonly finish: 'stop' | 'content_filter' | 'missing';
  /** Whether the stream ends with `[DONE]`. */
  readonly done: boolean;
  /** Keeps the connection open after the last frame, which `done` may then leave out. */
  readonly lingers: boolean;
  /** Answers one JSON object although a stream was asked for. */
  readonly whole: boolean;
  /** The log-probability of each token where the request asks for them. */
  readonly logprob: number | ((piece: string) => number);
  /** Answers everything with 503, as llama.cpp does while it loads its model. */
  readonly starting: boolean;
  /** The key that must be sent, for the lists of models too; null lets everybody in. */
  readonly key: string | null;
  /** The models offered; a request for another gets 404. Empty accepts every name. */
  readonly models: readonly string[];
  /** Request fields refused with 400 (`stream_options`, `logprobs`, `max_tokens`, …). */
  readonly refuse: readonly string[];
  /** The status of that refusal: 400, as it should be, or 500, as some have it. */
  readonly refuseWith: number;
  /** More stop sequences than this get 400. */
  readonly maxStops: number | null;
  /** Which families of paths are served; others get 404. */
  readonly serve: readonly ('chat' | 'completions' | 'fim' | 'infill' | 'ollama' | 'llama')[];
  /** Whether the model can fill in the middle (`/infill`, Ollama's `suffix`). */
  readonly fill: boolean;
  /** `owned_by` in the list of models. */
  readonly owner: string;
  /** What the server calls a token: its own count, given in the usage. */
  readonly count: (text: string) => number;
  /** Whose endpoints for counting it has. Its models then read conversations in a template. */
  readonly tokenizer:
    | 'llama.cpp'
    | 'vllm'
    | 'tgi'
    | 'tabbyapi'
    | 'webui'
    | 'koboldcpp'
    | 'localai'
    | 'litellm'
    | null;
}

/** All is well: every protocol, no waiting. */
export const defaultScript: Script = {
  text: 'return value;',
  firstTokenMs: 0,
  tokensPerSecond: 0,
  fault: { kind: 'none' },
  faultTimes: null,
  split: 'frames',
  newline: '\n',
  space: true,
  comments: false,
  usage: 'asked',
  cachedTokens: 0,
  finish: 'stop',
  done: true,
  lingers: false,
  whole: false,
  logprob: -0.1,
  starting: false,
  key: null,
  models: [],
  refuse: [],
  refuseWith: 400,
  maxStops: 4,
  serve: ['chat', 'completions', 'fim', 'infill', 'ollama', 'llama'],
  fill: true,
  owner: 'foretype-test',
  count: (text) => piecesOf(text).length,
  tokenizer: null,
};

/** Cuts text into pieces of at most four characters, at word and line starts where it can: cheap tokens for pacing. */
export function piecesOf(text: string): string[] {
  return text.match(/\s*[\p{L}\p{N}_]{1,4}|\s*[^\s\p{L}\p{N}_]{1,3}|\s+/gu) ?? [];
}

/** The text that the script has for a prompt, cut at the first stop sequence and after `maxTokens` pieces. */
export function answerFor(
  script: Script,
  asked: { prompt: string; body: unknown; stop: readonly string[]; maxTokens: number },
): { pieces: string[]; reason: 'stop' | 'length' } {
  let text = rawText(script, asked.prompt, asked.body);
  for (const stop of asked.stop) {
    const at = stop === '' ? -1 : text.indexOf(stop);
    if (at >= 0) text = text.slice(0, at);
  }
  const pieces = piecesOf(text);
  if (pieces.length <= asked.maxTokens) return { pieces, reason: 'stop' };
  return { pieces: pieces.slice(0, asked.maxTokens), reason: 'length' };
}

function rawText(script: Script, prompt: string, body: unknown): string {
  if (typeof script.text === 'string') return script.text;
  if (typeof script.text === 'function') return script.text(prompt, body);
  return script.text.find((rule) => prompt.includes(rule.when))?.answer ?? '';
}
