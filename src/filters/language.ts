/** How a language writes comments and strings, as far as brackets must be told from text. */
export interface Language {
  readonly lineComments: readonly string[];
  readonly blockComment: readonly [string, string] | undefined;
  /** Quotes of strings that end with their line. */
  readonly quotes: string;
  /** Quotes of strings that run over several lines, longest first. */
  readonly longQuotes: readonly string[];
  /** That of them in which a backslash is a backslash. */
  readonly rawQuote?: string;
  /** A slash may begin a regular expression. */
  readonly regex: boolean;
  /** Blocks are closed by indentation alone. */
  readonly offside: boolean;
  /** Lines may begin with a preprocessor's `#`. */
  readonly preprocessor: boolean;
  /** A lone tag on a line is code. */
  readonly markup: boolean;
  /** Other names that models give the language. */
  readonly names?: readonly string[];
  /** A line of words and a colon names a value. */
  readonly keys?: boolean;
  /** Whole lines of English are what the file is made of. */
  readonly prose: boolean;
}

const slashes: Language = {
  lineComments: ['//'],
  blockComment: ['/*', '*/'],
  quotes: '"\'',
  longQuotes: [],
  regex: false,
  offside: false,
  preprocessor: false,
  markup: false,
  prose: false,
};
const hash: Language = { ...slashes, lineComments: ['#'], blockComment: undefined };
const script: Language = { ...slashes, longQuotes: ['`'], regex: true };
const python: Language = { ...hash, longQuotes: ['"""', "'''"], offside: true };
const text: Language = {
  ...slashes,
  lineComments: [],
  blockComment: undefined,
  quotes: '',
  markup: true,
  prose: true,
};
const dashes: Language = { ...slashes, lineComments: ['--'], blockComment: undefined };

const languages: Readonly<Record<string, Language>> = {
  typescript: { ...script, names: ['ts', 'javascript', 'js'] },
  javascript: { ...script, names: ['js'] },
  typescriptreact: { ...script, markup: true },
  javascriptreact: { ...script, markup: true },
  python: { ...python, names: ['py', 'python3'] },
  go: { ...slashes, longQuotes: ['`'], rawQuote: '`', names: ['golang'] },
  // A single quote is a lifetime more often than a character.
  rust: { ...slashes, quotes: '"' },
  c: { ...slashes, preprocessor: true },
  cpp: { ...slashes, preprocessor: true },
  csharp: { ...slashes, longQuotes: ['"""'], preprocessor: true },
  java: { ...slashes, longQuotes: ['"""'] },
  kotlin: { ...slashes, longQuotes: ['"""'] },
  scala: { ...slashes, longQuotes: ['"""'] },
  swift: { ...slashes, longQuotes: ['"""'], quotes: '"' },
  php: { ...slashes, lineComments: ['//', '#'], markup: true },
  ruby: hash,
  shellscript: hash,
  perl: hash,
  yaml: { ...hash, offside: true, keys: true },
  toml: { ...hash, longQuotes: ['"""', "'''"] },
  dockerfile: hash,
  makefile: hash,
  elixir: { ...hash, longQuotes: ['"""'] },
  julia: { ...hash, longQuotes: ['"""'] },
  r: hash,
  powershell: hash,
  coffeescript: { ...hash, offside: true },
  lua: dashes,
  sql: { ...dashes, blockComment: ['/*', '*/'] },
  haskell: { ...dashes, quotes: '"', offside: true },
  html: { ...text, blockComment: ['<!--', '-->'] },
  xml: { ...text, blockComment: ['<!--', '-->'] },
  vue: { ...script, markup: true },
  svelte: { ...script, markup: true },
  markdown: text,
  plaintext: text,
  latex: { ...text, lineComments: ['%'] },
};

/** What is known of a VS Code language identifier; the C family's ways for the others. */
export function languageOf(languageId: string): Language {
  return languages[languageId] ?? slashes;
}
