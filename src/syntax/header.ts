/** What the comment lines at the top of a language's `.scm` file say, one `; key: value` each. */
export interface LanguageHeader {
  /** The grammar's file name, such as `tree-sitter-python.wasm`. */
  readonly grammar: string;
  /** The language whose patterns hold here as well; empty for none. */
  readonly inherits: string;
  /** What starts a comment that ends with its line; empty for none. */
  readonly lineComment: string;
  /** Only its own file can name a definition with such a signature, or such a name. */
  readonly fileOnly: RegExp | undefined;
  readonly fileOnlyName: RegExp | undefined;
  /** Only its own package or module can name a definition with such a signature, or such a name. */
  readonly packageOnly: RegExp | undefined;
  readonly packageOnlyName: RegExp | undefined;
  /** A line that ends so opens a block. */
  readonly opens: RegExp | undefined;
  /** What shows where a block ends; `brackets` unless the header says otherwise. */
  readonly blocks: '' | 'indentation';
}

/** Reads the header of a query file: the comment lines before the first pattern. */
export function parseHeader(query: string): LanguageHeader {
  const values = new Map<string, string>();
  for (const line of query.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (!line.startsWith(';')) break;
    const entry = /^;\s*([a-z-]+):\s*(.*?)\s*$/.exec(line);
    if (entry?.[1] !== undefined && entry[2] !== undefined) values.set(entry[1], entry[2]);
  }
  const text = (key: string) => values.get(key) ?? '';
  const pattern = (key: string) => (text(key) === '' ? undefined : new RegExp(text(key), 'u'));
  return {
    grammar: text('grammar'),
    inherits: text('inherits'),
    lineComment: text('line-comment'),
    fileOnly: pattern('file-only'),
    fileOnlyName: pattern('file-only-name'),
    packageOnly: pattern('package-only'),
    packageOnlyName: pattern('package-only-name'),
    opens: pattern('opens'),
    blocks: text('blocks') === 'indentation' ? 'indentation' : '',
  };
}
