/** A piece of text from elsewhere that the model should see. */
export interface Snippet {
  /** The name of the context source that found it. */
  readonly source: string;
  readonly path: string;
  readonly text: string;
  /** How likely the next tokens need it, 0 to 1; comparable between sources. */
  readonly weight: number;
}

/** One turn of a chat prompt. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /** Pictures that belong to it, as `data:` URLs in base64. */
  readonly images?: readonly string[];
}

/** How a backend wants to be asked. */
export type Dialect =
  | { readonly kind: 'chat' }
  /** The server puts prefix and suffix together itself (llama.cpp /infill, Ollama with suffix, Mistral's endpoint). */
  | { readonly kind: 'fill' }
  /** A raw completions endpoint: Foretype writes the model family's own fill-in-the-middle tokens. */
  | { readonly kind: 'text'; readonly template: string };

/** What is sent to a backend. `stop` holds at most four sequences, as OpenAI and vLLM refuse more; `maxTokens` bounds the answer. */
export type Prompt =
  | {
      readonly kind: 'chat';
      readonly messages: readonly ChatMessage[];
      readonly stop: readonly string[];
      readonly maxTokens: number;
      /** 0, the likeliest answer, if not given; higher for another than the likeliest. */
      readonly temperature?: number;
    }
  | {
      readonly kind: 'fill';
      readonly prefix: string;
      readonly suffix: string;
      readonly snippets: readonly Snippet[];
      readonly stop: readonly string[];
      readonly maxTokens: number;
      /** 0, the likeliest answer, if not given; higher for another than the likeliest. */
      readonly temperature?: number;
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly stop: readonly string[];
      readonly maxTokens: number;
      /** 0, the likeliest answer, if not given; higher for another than the likeliest. */
      readonly temperature?: number;
    };

/** Whether a prompt shows pictures, whose tokens are not in its text. */
export function hasImages(prompt: Prompt): boolean {
  return prompt.kind === 'chat' && prompt.messages.some(({ images = [] }) => images.length > 0);
}
