import type { Settings } from '../core/settings.ts';

/** How a family of models was taught to fill in the middle. */
export interface Template {
  readonly id: Exclude<Settings['local.template'], 'auto'>;
  /** Model names of the family, lower case, as servers give them. */
  readonly models: RegExp;
  /** The order of the parts; `{prefix}`, `{suffix}` and `{path}` are filled in. */
  readonly form: string;
  /** A file of context before the form; `{path}` and `{text}` are filled in. Empty where the family was not taught any. */
  readonly file: string;
  /** The order of the parts behind files of context, with what comes before all of them; empty where the family was not taught any. */
  readonly among: { readonly head: string; readonly form: string };
  /** Where the model ends; the first four are sent. */
  readonly stop: readonly string[];
}

/** Families without files of context. */
const alone = { head: '', form: '' };

/** Checked against each model's own documentation, named beside its row. */
export const templates: readonly Template[] = [
  {
    // The repository's name is not sent: any name serves.
    // github.com/QwenLM/Qwen3-Coder, examples/Qwen2.5-Coder-fim.py and -repolevel-fim.py, whose list of last tokens holds the stops; by its
    // README every version of Qwen3-Coder fills in, those that follow instructions too.
    id: 'qwen',
    models: /qwen-?[\d.]*-?coder/,
    form: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    file: '<|file_sep|>{path}\n{text}\n',
    among: {
      head: '<|repo_name|>project\n',
      form: '<|file_sep|>{path}\n<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    },
    stop: ['<|endoftext|>', '<|fim_pad|>', '<|file_sep|>', '<|im_end|>'],
  },
  {
    // The StarCoder2 paper (arXiv 2402.19173, 5.1): the current file's path stands behind the prefix token, and the next file behind what was
    // filled in; huggingface.co/bigcode/starcoder2-15b, special_tokens_map.json.
    id: 'starcoder2',
    models: /starcoder-?2/,
    form: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    file: '<file_sep>{path}\n{text}\n',
    among: {
      head: '<repo_name>project',
      form: '<file_sep><fim_prefix>{path}\n{prefix}<fim_suffix>{suffix}<fim_middle>',
    },
    stop: ['<|endoftext|>', '<file_sep>', '<fim_prefix>', '<fim_pad>'],
  },
  {
    // huggingface.co/bigcode/starcoder, README, "Fill-in-the-middle": no files of context. Its tokens were taken over by StableCode and Refact
    // (stabilityai/stable-code-3b and smallcloudai/Refact-1_6B-fim, README) and by the first CodeQwen (Qwen/CodeQwen1.5-7B, special_tokens_map.json).
    id: 'starcoder',
    models: /starcoder|stable-?code|refact|codeqwen/,
    form: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    file: '',
    among: alone,
    stop: ['<|endoftext|>', '<fim_prefix>', '<fim_suffix>', '<fim_pad>'],
  },
  {
    // huggingface.co/bigcode/santacoder, README and special_tokens_map.json: the same with hyphens.
    id: 'santacoder',
    models: /santacoder/,
    form: '<fim-prefix>{prefix}<fim-suffix>{suffix}<fim-middle>',
    file: '',
    among: alone,
    stop: ['<|endoftext|>', '<fim-prefix>', '<fim-suffix>', '<fim-pad>'],
  },
  {
    // github.com/meta-llama/codellama, llama/generation.py, infilling_prompt_tokens, and llama/tokenizer.py: the blanks before the tokens are
    // part of them, the one behind the first belongs to the prefix. By its MODEL_CARD.md neither 34B nor the Python models were taught to fill in.
    id: 'codellama',
    models: /code-?llama(?!.*(?:34b|python))/,
    form: '<PRE> {prefix} <SUF>{suffix} <MID>',
    file: '',
    among: alone,
    stop: ['<EOT>', '</s>'],
  },
  {
    // github.com/deepseek-ai/DeepSeek-Coder, README, "Code Insertion" and "Repository Level Code Completion": files one after the other, each
    // below its path, are one text, in which the hole is (arXiv 2401.14196, 2.2 and 3.1). Version 1.5 was taught without holes (section 5).
    id: 'deepseek',
    models: /deepseek-?coder(?!.*v1\.5)/,
    form: '<｜fim▁begin｜>{prefix}<｜fim▁hole｜>{suffix}<｜fim▁end｜>',
    file: '#{path}\n{text}\n\n',
    among: {
      head: '<｜fim▁begin｜>',
      form: '#{path}\n{prefix}<｜fim▁hole｜>{suffix}<｜fim▁end｜>',
    },
    stop: ['<｜end▁of▁sentence｜>', '<｜fim▁begin｜>', '<｜fim▁hole｜>'],
  },
  {
    // CodeGemma's report (arXiv 2406.11409), figures 2 and 4: the path is recommended; ai.google.dev/gemma/docs/codegemma/prompt-structure: no
    // space between the tokens and the code.
    id: 'codegemma',
    models: /codegemma/,
    form: '{path}\n<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    file: '{path}\n{text}\n<|file_separator|>',
    among: { head: '', form: '{path}\n<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>' },
    stop: ['<|file_separator|>', '<end_of_turn>', '<eos>', '<|fim_prefix|>'],
  },
  {
    // github.com/mistralai/mistral-common, tokens/tokenizers/instruct.py, encode_fim: the suffix first, nothing between. The Mamba model is another.
    id: 'codestral',
    models: /(?<!mamba-)codestral(?!-mamba)/,
    form: '[SUFFIX]{suffix}[PREFIX]{prefix}',
    file: '',
    among: alone,
    stop: ['</s>', '[SUFFIX]', '[PREFIX]', '[MIDDLE]'],
  },
  {
    // github.com/ibm-granite/granite-code-models, issue 3: as StarCoder; huggingface.co/ibm-granite/granite-20b-code-instruct-accelerator,
    // special_tokens_map.json. Granite 3.3 has the same (ibm-granite/granite-3.3-8b-base, tokenizer_config.json) and ends with a token of its own.
    id: 'granite',
    models: /granite.*code|granite-?3\.3/,
    form: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    file: '',
    among: alone,
    stop: ['<|endoftext|>', '<|end_of_text|>', '<fim_prefix>', '<fim_pad>'],
  },
  {
    // huggingface.co/ibm-granite/granite-4.0-h-tiny, README, "Fill-in-the-Middle".
    id: 'granite4',
    models: /granite-?4/,
    form: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    file: '',
    among: alone,
    stop: ['<|end_of_text|>', '<|fim_prefix|>', '<|fim_suffix|>', '<|fim_pad|>'],
  },
  {
    // huggingface.co/JetBrains/Mellum-4b-base, README and special_tokens_map.json: suffix first, context files before, the path before both.
    // Nothing says how Mellum 2 is asked.
    id: 'mellum',
    models: /mellum(?!-?2)/,
    form: '<filename>{path}\n<fim_suffix>{suffix}<fim_prefix>{prefix}<fim_middle>',
    file: '<filename>{path}\n{text}\n',
    among: { head: '', form: '<filename>{path}\n<fim_suffix>{suffix}<fim_prefix>{prefix}<fim_middle>' },
    stop: ['<|endoftext|>', '<filename>', '<fim_suffix>', '<fim_prefix>'],
  },
  {
    // The Seed-Coder paper (arXiv 2506.03524, 2.2): single files, suffix first.
    id: 'seed-coder',
    models: /seed-?coder/,
    form: '<[fim-suffix]>{suffix}<[fim-prefix]>{prefix}<[fim-middle]>',
    file: '',
    among: alone,
    stop: ['<[end▁of▁sentence]>', '<[fim-suffix]>', '<[fim-prefix]>'],
  },
  {
    // No family's: a model that was taught neither to fill in nor to talk goes on with what stands before the caret.
    id: 'plain',
    models: /(?!)/,
    form: '{prefix}',
    file: '',
    among: alone,
    stop: [],
  },
];

/** The template of a family by its id; undefined for an unknown id. */
export function templateOf(id: string): Template | undefined {
  return templates.find((template) => template.id === id);
}

/** The template of a model by the name that a server gives it; undefined for a model that no row names: it must not be guessed. */
export function templateForModel(model: string): Template | undefined {
  const name = model.toLowerCase();
  return templates.find((template) => template.models.test(name));
}
