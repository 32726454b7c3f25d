import { hasImages, type Prompt } from '../core/prompt.ts';
import { countPrompt } from './tokens.ts';

/** What tokenizers agree about alike: one model's reading of one language. */
interface Kind {
  readonly model: string;
  readonly language: string;
}

/** How far our count of tokens is from that of the models that are asked, by prompts that their servers have counted. */
export interface Scales {
  /** A server's own count of a prompt. */
  learn(kind: Kind, prompt: Prompt, tokens: number): void;
  /** Tokens of the model for one of ours: from prompts of the same language, else of any; 1 if nothing is known. */
  of(kind: Kind): Promise<number>;
}

interface Sample {
  readonly language: string;
  readonly prompt: Prompt;
  readonly tokens: number;
  /** Our own count, once it was asked for. */
  ours: number | undefined;
}

/** Samples that are kept of one model: some of each language that is worked in. */
const mostSamples = 32;

/** Tokenizers differ by less than this, from bytes to whole words; more is a server that counts something else, such as what it had not cached. */
const mostDifference = 6;

/** Makes the scales of one backend. */
export function createScales(): Scales {
  const known = new Map<string, readonly Sample[]>();
  return {
    learn({ model, language }, prompt, tokens) {
      if (hasImages(prompt)) return;
      const sample = { language, prompt, tokens, ours: undefined };
      known.set(model, [...(known.get(model) ?? []), sample].slice(-mostSamples));
    },
    async of({ model, language }) {
      const all = known.get(model) ?? [];
      const alike = all.filter((sample) => sample.language === language);
      const pairs = await Promise.all((alike.length > 0 ? alike : all).map(compared));
      const sane = pairs.filter(
        ({ ours, theirs }) => theirs < ours * mostDifference && ours < theirs * mostDifference,
      );
      const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
      return sane.length === 0
        ? 1
        : sum(sane.map(({ theirs }) => theirs)) / sum(sane.map(({ ours }) => ours));
    },
  };
}

async function compared(sample: Sample): Promise<{ readonly ours: number; readonly theirs: number }> {
  sample.ours ??= await countPrompt(sample.prompt);
  return { ours: sample.ours, theirs: sample.tokens };
}
