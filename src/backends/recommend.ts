/** Model families that were trained to fill in code, the best for completion as one types first. */
const families: readonly RegExp[] = [
  /qwen-?2\.5-?coder.*base/i,
  /qwen-?2\.5-?coder/i,
  /qwen-?3-?coder/i,
  /codestral/i,
  /seed-?coder/i,
  /mellum/i,
  /star-?coder-?2/i,
  /deepseek-?coder/i,
  /code-?gemma/i,
  /granite.*code/i,
  /code-?llama.*code/i,
  /code|coder/i,
];

/** The model of a server's list that completes code best, by its name; the first one if no name tells. */
export function recommendedModel(models: readonly string[]): string | undefined {
  for (const family of families) {
    const found = models.find((model) => family.test(model));
    if (found !== undefined) return found;
  }
  return models[0];
}

/** A model that Ollama can fetch, with its size as Ollama's library gives it (read 2026-11-22). */
export interface PullableModel {
  readonly name: string;
  readonly size: string;
  readonly fits: string;
}

/** Small first: a completion that comes late is none. */
export const pullableModels: readonly PullableModel[] = [
  { name: 'qwen2.5-coder:1.5b-base', size: '986 MB', fits: 'any laptop' },
  { name: 'qwen2.5-coder:3b-base', size: '1.9 GB', fits: 'a laptop with a graphics card' },
  { name: 'qwen2.5-coder:7b-base', size: '4.7 GB', fits: 'a graphics card with 8 GB or more' },
];
