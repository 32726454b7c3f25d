/** How a family of models was taught to fill in the middle. */
export interface Template {
  readonly id: string;
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
    // github.com/QwenLM/Qwen2.5-Coder, examples/Qwen2.5-Coder-fim.py and -repolevel-fim.py; Qwen3-Coder's README keeps the tokens.
    id: 'qwen',
    models: /qwen-?(?:2\.5|3)?-?coder|codeqwen/,
    form: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    file: '<|file_sep|>{path}\n{text}\n',
    among: {
      head: '<|repo_name|>project\n',
      form: '<|file_sep|>{path}\n<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    },
    stop: ['<|endoftext|>', '<|fim_pad|>', '<|file_sep|>', '<|im_end|>'],
  },
  {
    // The StarCoder2 paper (arXiv 2402.19173, 5.1): the current file's path stands behind the prefix token; bigcode/starcoder2-* tokenizer_config.json.
    id: 'starcoder',
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
    // huggingface.co/bigcode/starcoder, README, "Fill-in-the-middle": no files of context; StableCode and Refact took over its tokens.
    id: 'starcoder1',
    models: /starcoder|stable-?code|refact/,
    form: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    file: '',
    among: alone,
    stop: ['<|endoftext|>', '<fim_prefix>', '<fim_suffix>', '<fim_pad>'],
  },
  {
    // huggingface.co/bigcode/santacoder, README: the same with hyphens.
    id: 'santacoder',
    models: /santacoder/,
    form: '<fim-prefix>{prefix}<fim-suffix>{suffix}<fim-middle>',
    file: '',
    among: alone,
    stop: ['<|endoftext|>', '<fim-prefix>', '<fim-suffix>', '<fim-pad>'],
  },
  {
    // github.com/meta-llama/codellama, llama/generation.py: infilling_prompt_tokens.
    id: 'codellama',
    models: /code-?llama/,
    form: '<PRE> {prefix} <SUF>{suffix} <MID>',
    file: '',
    among: alone,
    stop: ['<EOT>', '</s>'],
  },
  {
    // github.com/deepseek-ai/DeepSeek-Coder, README, "Code Insertion".
    id: 'deepseek',
    models: /deepseek-?coder/,
    form: '<｜fim▁begin｜>{prefix}<｜fim▁hole｜>{suffix}<｜fim▁end｜>',
    file: '',
    among: alone,
    stop: ['<｜end▁of▁sentence｜>', '<｜fim▁begin｜>', '<｜fim▁hole｜>'],
  },
  {
    // ai.google.dev/gemma/docs/codegemma, "Fill-in-the-middle".
    id: 'codegemma',
    models: /codegemma/,
    form: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    file: '{path}\n{text}\n<|file_separator|>',
    among: { head: '', form: '{path}\n<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>' },
    stop: ['<|file_separator|>', '<end_of_turn>', '<eos>', '<|fim_prefix|>'],
  },
  {
    // github.com/mistralai/mistral-common, tokens/tokenizers: encode_fim.
    id: 'codestral',
    models: /codestral/,
    form: '[SUFFIX]{suffix}[PREFIX]{prefix}',
    file: '',
    among: alone,
    stop: ['</s>', '[SUFFIX]', '[PREFIX]', '[MIDDLE]'],
  },
  {
    // huggingface.co/ibm-granite/granite-3b-code-base-2k, tokenizer_config.json.
    id: 'granite',
    models: /granite.*code/,
    form: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    file: '',
    among: alone,
    stop: ['<|endoftext|>', '<fim_prefix>', '<fim_suffix>', '<fim_pad>'],
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
    // huggingface.co/JetBrains/Mellum-4b-base, README: suffix first, context files before.
    id: 'mellum',
    models: /mellum/,
    form: '<filename>{path}\n<fim_suffix>{suffix}<fim_prefix>{prefix}<fim_middle>',
    file: '<filename>{path}\n{text}\n',
    among: { head: '', form: '<filename>{path}\n<fim_suffix>{suffix}<fim_prefix>{prefix}<fim_middle>' },
    stop: ['<|endoftext|>', '<filename>', '<fim_suffix>', '<fim_prefix>'],
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
