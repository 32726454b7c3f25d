/** What an error answer says, brought into the shape of OpenAI's error object. */
export interface ErrorBody {
  readonly message: string;
  /** A machine-readable word such as `model_not_found`; empty if there is none. */
  readonly code: string;
  readonly type: string;
  /** The request field that is to blame; empty if it is not named. */
  readonly param: string;
  /** json: the server speaks about the request; html: something else answers at this address. */
  readonly form: 'json' | 'html' | 'text';
}

/** The longest message that is kept, in characters: enough for a sentence, too little for an echo of the prompt. */
const longestMessage = 300;

/**
 * Reads the bodies that servers send with an error: OpenAI's `{error: {…}}`, Ollama's `{error: "…"}`, FastAPI's `{detail: …}`,
 * vLLM's `{object: "error", message}`, a list with one of those (Gemini), HTML, or plain text.
 */
export function errorBodyOf(text: string): ErrorBody {
  const trimmed = text.trim();
  const value = parsed(trimmed);
  if (value === undefined) {
    const form = trimmed.startsWith('<') ? 'html' : 'text';
    return { message: form === 'html' ? 'a web page' : short(trimmed), code: '', type: '', param: '', form };
  }
  const outer = object(Array.isArray(value) ? value[0] : value);
  const inner = typeof outer.error === 'object' ? object(outer.error) : outer;
  const message = word(inner.message) || word(outer.error) || word(outer.detail) || complaints(outer.detail);
  return {
    message: short(message),
    code: reasonIn(inner.details) || word(inner.code) || word(inner.status),
    type: word(inner.type),
    param: word(inner.param),
    form: 'json',
  };
}

/** The reason in Google's list of details, such as `API_KEY_INVALID`: it says what the status 400 does not. */
function reasonIn(details: unknown): string {
  if (!Array.isArray(details)) return '';
  return details.map((detail) => word((detail as { reason?: unknown } | null)?.reason)).find(Boolean) ?? '';
}

/** FastAPI's list of complaints: where and what, without the input that it repeats, which holds the user's code. */
function complaints(detail: unknown): string {
  if (!Array.isArray(detail)) return '';
  return detail
    .map((entry) => {
      const { loc, msg } = (entry ?? {}) as { loc?: unknown; msg?: unknown };
      return `${Array.isArray(loc) ? loc.join('.') : ''}: ${word(msg)}`;
    })
    .join('; ');
}

function parsed(text: string): unknown {
  if (!text.startsWith('{') && !text.startsWith('[')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Members = Partial<
  Record<'error' | 'message' | 'detail' | 'details' | 'code' | 'status' | 'type' | 'param', unknown>
>;

function object(value: unknown): Members {
  return typeof value === 'object' && value !== null ? value : {};
}

function word(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
}
