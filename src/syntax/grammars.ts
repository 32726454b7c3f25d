import type { Language, Parser, Query } from 'web-tree-sitter';
import type { Log } from '../core/ports.ts';
import { type LanguageHeader, parseHeader } from './header.ts';
import { splitQuery } from './splitQuery.ts';

/** Where the bytes and texts of the languages come from; nothing is read before its first use. */
export interface GrammarFiles {
  /** web-tree-sitter.wasm. */
  runtime(): Promise<Uint8Array>;
  /** A grammar by the file name in the header of a language's query. */
  grammar(fileName: string): Promise<Uint8Array>;
  /** The text of `syntaxes/<languageId>.scm`; undefined where there is no such file. */
  query(languageId: string): Promise<string | undefined>;
}

/** A language that can be parsed and asked. */
export interface Grammar {
  readonly languageId: string;
  readonly header: LanguageHeader;
  readonly language: Language;
  /** What the survey asks for: scopes, comments, strings, code inside of strings. */
  readonly places: Query;
  /** What outlines ask for. */
  names(): Query;
  /** What tells the types of variables. */
  types(): Query;
  /** Errors, and what the parser had to assume. */
  errors(): Query;
  newParser(): Parser;
}

/** Loads grammars once each, on first use. */
export interface Grammars {
  /** The grammar if it is loaded; otherwise undefined, and loading starts. */
  now(languageId: string): Grammar | undefined;
  /** Settles when the grammar is loaded, with undefined where the language has none or it does not load (logged once). */
  load(languageId: string): Promise<Grammar | undefined>;
}

/** Loads grammars on demand from the given files. */
export function createGrammars(files: GrammarFiles, log: Log): Grammars {
  const loading = new Map<string, Promise<Grammar | undefined>>();
  const loaded = new Map<string, Grammar>();
  const languages = new Map<string, Promise<Language>>();
  let runtime: Promise<typeof import('web-tree-sitter')> | undefined;

  async function startRuntime() {
    const [treeSitter, wasmBinary] = await Promise.all([import('web-tree-sitter'), files.runtime()]);
    await treeSitter.Parser.init({ wasmBinary });
    return treeSitter;
  }

  /** The query with what it inherits, and its header. */
  async function readQuery(
    languageId: string,
  ): Promise<{ header: LanguageHeader; text: string } | undefined> {
    const own = await files.query(languageId);
    if (own === undefined) return undefined;
    const header = parseHeader(own);
    if (header.inherits === '') return { header, text: own };
    const base = await readQuery(header.inherits);
    if (base === undefined)
      throw new Error(`${languageId}.scm inherits ${header.inherits}.scm, which is missing`);
    return { header: { ...base.header, ...definedOnly(header) }, text: `${base.text}\n${own}` };
  }

  async function start(languageId: string): Promise<Grammar | undefined> {
    try {
      const query = await readQuery(languageId);
      if (query === undefined) return undefined;
      runtime ??= startRuntime();
      const treeSitter = await runtime;
      const fileName = query.header.grammar;
      let language = languages.get(fileName);
      if (language === undefined) {
        language = files.grammar(fileName).then((bytes) => treeSitter.Language.load(bytes));
        languages.set(fileName, language);
      }
      const ready = await language;
      const parts = splitQuery(query.text);
      const grammar: Grammar = {
        languageId,
        header: query.header,
        language: ready,
        places: new treeSitter.Query(ready, parts.places),
        names: onFirstUse(() => new treeSitter.Query(ready, parts.names)),
        types: onFirstUse(() => new treeSitter.Query(ready, parts.types)),
        errors: onFirstUse(() => new treeSitter.Query(ready, '(ERROR) @error (MISSING) @error')),
        newParser: () => new treeSitter.Parser().setLanguage(ready),
      };
      loaded.set(languageId, grammar);
      return grammar;
    } catch (error) {
      log.error(`The grammar of ${languageId} did not load; indentation is used instead.`, error);
      return undefined;
    }
  }

  function load(languageId: string): Promise<Grammar | undefined> {
    let promise = loading.get(languageId);
    if (promise === undefined) {
      promise = start(languageId);
      loading.set(languageId, promise);
    }
    return promise;
  }

  return {
    now(languageId) {
      const grammar = loaded.get(languageId);
      if (grammar === undefined) void load(languageId);
      return grammar;
    },
    load,
  };
}

/** Compiling takes milliseconds that only the first use should pay. */
function onFirstUse<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function definedOnly(header: LanguageHeader): Partial<LanguageHeader> {
  return Object.fromEntries(
    Object.entries(header).filter(([, value]) => value !== '' && value !== undefined),
  );
}

/** The options that bound a query to a range: web-tree-sitter 0.27 takes it in bytes of UTF-16, everything else in code units. */
export function queryRange(start: number, end: number): { startIndex: number; endIndex: number } {
  return { startIndex: 2 * start, endIndex: 2 * end };
}
