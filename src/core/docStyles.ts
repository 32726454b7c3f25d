/** How a language writes a comment that documents a declaration. */
export interface DocStyle {
  /** Before the declaration, or as the first statement of its body. */
  readonly placement: 'above' | 'inside';
  /** Its own first line; empty for none. */
  readonly open: string;
  /** At the start of every line of text. */
  readonly line: string;
  /** Its own last line; empty for none. */
  readonly close: string;
  /** Makes text harmless that would end the comment early or break its syntax. */
  readonly tame: (text: string) => string;
}

function apart(mark: string, by: string): (text: string) => string {
  return (text) => text.replaceAll(mark, by);
}

function lines(line: string): DocStyle {
  return { placement: 'above', open: '', line, close: '', tame: (text) => text };
}

const block: DocStyle = {
  placement: 'above',
  open: '/**',
  line: ' * ',
  close: ' */',
  tame: apart('*/', '* /'),
};
/** Java and Scala 2 read `\u002a\u002f` as the end of the comment. */
const unicodeBlock: DocStyle = { ...block, tame: (text) => block.tame(text.replace(/\\(?=u)/g, '\\ ')) };
const plainBlock: DocStyle = { ...block, open: '/*' };
/** The documentation compiler reads XML. */
const summary: DocStyle = {
  placement: 'above',
  open: '/// <summary>',
  line: '/// ',
  close: '/// </summary>',
  tame: (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
};
/** A docstring is a string: in it `\N{` or `\x` is a syntax error, and a last quotation mark joins those that close it. */
const docstring: DocStyle = {
  placement: 'inside',
  open: '',
  line: '',
  close: '',
  tame: (text) => text.replaceAll('\\', '\\\\').replaceAll('"""', "'''").replace(/"$/, "'"),
};
const markup: DocStyle = {
  placement: 'above',
  open: '<!--',
  line: '  ',
  close: '-->',
  tame: apart('--', '- -'),
};
const hash = lines('# ');
const slashes = lines('/// ');

/** What stands above code that takes no docstring, in a language of docstrings. */
export const besideDocstrings = hash;

/** Documentation comments by language identifier, each in the form that the language's own documentation tool reads. */
export const docStyles: Readonly<Record<string, DocStyle>> = {
  typescript: block,
  typescriptreact: block,
  javascript: block,
  javascriptreact: block,
  php: block,
  kotlin: block,
  groovy: block,
  c: block,
  cpp: block,
  'objective-c': block,
  'cuda-cpp': block,
  java: unicodeBlock,
  scala: unicodeBlock,
  css: plainBlock,
  scss: plainBlock,
  less: plainBlock,
  csharp: summary,
  python: docstring,
  rust: slashes,
  swift: slashes,
  dart: slashes,
  fsharp: slashes,
  zig: slashes,
  go: lines('// '),
  lua: lines('--- '),
  haskell: lines('-- '),
  sql: lines('-- '),
  ruby: hash,
  shellscript: hash,
  perl: hash,
  elixir: hash,
  yaml: hash,
  toml: hash,
  makefile: hash,
  dockerfile: hash,
  julia: hash,
  r: lines("#' "),
  vb: lines("''' "),
  clojure: lines(';; '),
  latex: lines('% '),
  matlab: lines('% '),
  erlang: lines('%% '),
  powershell: { placement: 'above', open: '<#', line: '', close: '#>', tame: apart('#>', '# >') },
  html: markup,
  xml: markup,
  vue: markup,
  svelte: markup,
};
