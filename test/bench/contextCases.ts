import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { SourceText } from '../../src/core/snapshot.ts';
import { seeded } from './random.ts';

/** A line taken out of a file, and what else is open. Made without the parts that are measured: by regular expressions. */
export interface Case {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
  /** Open tabs, paths, shuffled. */
  readonly tabs: readonly string[];
  /** The line's cross-file identifiers that an open tab declares. */
  readonly inTabs: readonly string[];
  /** All of the line's cross-file identifiers. */
  readonly anywhere: readonly string[];
}

/** The files of one language in one repository. */
export interface Repository {
  readonly name: string;
  readonly root: string;
  readonly languageId: string;
  readonly files: ReadonlyMap<string, SourceText>;
}

const extensions: Readonly<Record<string, string>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'javascriptreact',
  '.py': 'python',
  '.go': 'go',
  '.rs': 'rust',
  '.java': 'java',
  '.c': 'c',
  '.h': 'c',
  '.kt': 'kotlin',
  '.scala': 'scala',
  '.cc': 'cpp',
  '.cpp': 'cpp',
  '.hpp': 'cpp',
  '.cs': 'csharp',
  '.rb': 'ruby',
  '.php': 'php',
  '.lua': 'lua',
  '.sh': 'shellscript',
};

/** The language identifier of a path; empty for one that is not code. */
export function languageOf(path: string): string {
  return extensions[extname(path)] ?? '';
}

const skipped =
  /(?:^|\/)(?:node_modules|\.git|dist|build|vendor|third_party|target|fixtures|__snapshots__)(?:\/|$)|\.min\.|\.d\.ts$/;

/** Reads a repository's files of one language (TypeScript with TSX, JavaScript with JSX), at most 600 of up to 200 kB. */
export function readRepository(name: string, root: string, languageId: string): Repository {
  const files = new Map<string, SourceText>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (skipped.test(path)) continue;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile() && languageOf(path).replace(/react$/, '') === languageId && files.size < 600) {
        if (statSync(join(root, path)).size > 200_000) continue;
        const text = readFileSync(join(root, path), 'utf8');
        files.set(path, {
          uri: `file://${join(root, path)}`,
          path,
          languageId: languageOf(path),
          version: 1,
          text,
        });
      }
    }
  };
  visit('');
  return { name, root, languageId, files };
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const a = result[i];
    const b = result[j];
    if (a !== undefined && b !== undefined) [result[i], result[j]] = [b, a];
  }
  return result;
}

const identifiers = /[A-Za-z_$][\w$]*/g;

/** What a declaration looks like, per language: the first group is the name. */
const declarations: Readonly<Record<string, readonly RegExp[]>> = {
  typescript: [
    /\b(?:function\*?|class|interface|enum|type|namespace)\s+([\w$]+)/g,
    /^(?:export\s+)?(?:declare\s+)?(?:const|let|var)\s+([\w$]+)/gm,
    /^\s+(?:(?:public|private|protected|static|readonly|abstract|async|override|get|set)\s+)*([\w$]+)\??\s*(?:<[^>\n]*>)?\([^\n]*[{;]\s*$/gm,
    /^\s+(?:(?:public|private|protected|static|readonly|declare)\s+)*([\w$]+)[?!]?:\s[^\n]*[;,]?\s*$/gm,
    /^\s+([A-Z]\w*)(?:\s*=[^\n]*)?,\s*$/gm,
  ],
  javascript: [
    /\b(?:function\*?|class)\s+([\w$]+)/g,
    /^(?:export\s+)?(?:const|let|var)\s+([\w$]+)/gm,
    /^\s+(?:(?:static|async|get|set)\s+)*([\w$]+)\s*\([^\n]*\)\s*\{\s*$/gm,
    /(?:exports|prototype|this)\.([\w$]+)\s*=[^=]/g,
    /^\s+([\w$]+):\s*(?:async\s+)?(?:function|\()/gm,
  ],
  python: [
    /\b(?:def|class)\s+(\w+)/g,
    /^(\w+)\s*(?::[^=\n]+)?=[^=]/gm,
    /^ {4}(\w+)\s*(?::[^=\n]+)?=[^=]/gm,
    /\bself\.(\w+)\s*(?::[^=\n]+)?=[^=]/g,
  ],
  go: [
    /^func\s+(?:\([^)]*\)\s*)?(\w+)/gm,
    /^type\s+(\w+)/gm,
    /^(?:var|const)\s+(\w+)/gm,
    /^\t([A-Z]\w*)(?:\s+\w[^\n]*)?(?:\s*=[^\n]*)?$/gm,
    /^\t([a-z]\w*)\s+(?:\*|\[\]|map\[|chan\s|func\()?[\w.]+(?:\s+`[^`]*`)?$/gm,
    /^\t(\w+)\([^\n]*\)[^\n{]*$/gm,
  ],
  rust: [
    /\b(?:fn|struct|enum|trait|type|union|macro_rules!)\s+(\w+)/g,
    /\b(?:const|static)\s+(?:mut\s+)?([A-Z]\w*)\s*:/g,
    /^\s+(?:pub(?:\([^)]*\))?\s+)?([a-z_]\w*):\s[^\n]*,\s*$/gm,
    /^ {4}([A-Z]\w*)(?:\([^\n]*\)|\s*\{)?,?\s*$/gm,
  ],
  java: [
    /\b(?:class|interface|enum|record|@interface)\s+(\w+)/g,
    /^\s+(?:(?:public|private|protected|static|final|abstract|synchronized|native|default)\s+)*(?:<[^>]+>\s+)?[\w<>[\],.? ]+\s+(\w+)\s*\([^;{]*\)[^;{]*[{;]/gm,
    /^\s+(?:(?:public|private|protected|static|final|volatile|transient)\s+)+[\w<>[\],.? ]+\s+(\w+)\s*[=;]/gm,
    /^\s+([A-Z][A-Z0-9_]+)(?:\([^\n]*\))?[,;]/gm,
  ],
  c: [
    /^[A-Za-z_][\w\s*]*?\b(\w+)\s*\([^;{}]*\)\s*(?:\{|;)/gm,
    /^#\s*define\s+(\w+)/gm,
    /\b(?:struct|enum|union)\s+(\w+)\s*\{/g,
    /\}\s*(\w+)\s*;/g,
    /^\s+[A-Za-z_][\w\s]*[\s*]+(\w+)(?:\[[^\]]*\])?\s*;\s*(?:\/\*.*)?$/gm,
    /^\s+([A-Z][A-Z0-9_]+)(?:\s*=[^\n,]*)?,/gm,
    /^typedef\s[^;{]*?\b(\w+)\s*;/gm,
    /\(\*\s*(\w+)\s*\)\s*\(/g,
  ],
};

function declared(source: SourceText, languageId: string): Set<string> {
  const names = new Set<string>();
  for (const pattern of declarations[languageId] ?? []) {
    for (const match of source.text.matchAll(pattern))
      if (match[1] !== undefined && match[1].length >= 4) names.add(match[1]);
  }
  for (const word of notNames) names.delete(word);
  return names;
}

const notNames = new Set(
  'private public protected final true false Some this self return else case break throw await yield continue default function catch switch while constructor super true false null None void elif with from import static'.split(
    ' ',
  ),
);

/** Paths of the files that are related by import, in either direction, as far as the written paths show. */
function related(repository: Repository, path: string): string[] {
  const paths = [...repository.files.keys()];
  const stem = (file: string) => (file.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '');
  const folder = (file: string) => file.split('/').slice(0, -1).join('/');
  const text = (file: string) => repository.files.get(file)?.text ?? '';
  const mentions = (from: string, to: string): boolean => {
    const body = text(from);
    const name = ['index', '__init__', 'mod'].includes(stem(to))
      ? (folder(to).split('/').at(-1) ?? '')
      : stem(to);
    if (name === '') return false;
    const safe = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    switch (repository.languageId) {
      case 'typescript':
      case 'javascript':
        return new RegExp(`(?:from|require\\(|import\\(?)\\s*['"][^'"\\n]*/${safe}(?:\\.\\w+)?['"]`).test(
          body,
        );
      case 'python':
        return new RegExp(
          `^\\s*(?:from\\s+[\\w.]*\\b${safe}\\s+import|import\\s+[\\w.]*\\b${safe}\\b|from\\s+[\\w.]+\\s+import[^\\n]*\\b${safe}\\b)`,
          'm',
        ).test(body);
      case 'go':
        return (
          folder(from) === folder(to) ||
          (folder(to) !== '' && new RegExp(`"[^"\\n]*/${folder(to)}"`).test(body))
        );
      case 'rust':
        return new RegExp(`\\b(?:mod|use)\\b[^;]*\\b${safe}\\b`).test(body);
      case 'java':
        return folder(from) === folder(to)
          ? new RegExp(`\\b${safe}\\b`).test(body)
          : new RegExp(`^import[^;]*\\.${safe}(?:\\.|;)`, 'm').test(body);
      default:
        return new RegExp(`#\\s*include\\s*["<](?:[^">\\n]*/)?${safe}\\.h`).test(body);
    }
  };
  return paths.filter((other) => other !== path && (mentions(path, other) || mentions(other, path)));
}

/** A line without what stands in its strings and behind its comment mark. */
function codeOf(line: string, languageId: string): string {
  const bare = line
    .replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""')
    .replace(/(?<![\w<&])'(?:[^'\\]|\\.)*'/g, "''");
  return bare.replace(languageId === 'python' ? /#.*/ : /\/\/.*|\/\*.*?(?:\*\/|$)/g, '');
}

const noCode = /^\s*(?:\/\/|\/?\*|#(?!\[)|import\b|from\b|use\b|export\s.*from|package\b|@|["'`]|\)|\]|\})/;

/** Makes cases as issue 3 of the project describes them; the same on every run. */
export function makeCases(repository: Repository, count: number, seed = 7): Case[] {
  const random = seeded(seed);
  const { languageId, files } = repository;
  const declaredBy = new Map<string, string[]>();
  for (const [path, source] of files) {
    for (const name of declared(source, languageId)) {
      const list = declaredBy.get(name);
      if (list === undefined) declaredBy.set(name, [path]);
      else list.push(path);
    }
  }
  const tenth = Math.max(1, files.size / 10);
  const cases: Case[] = [];
  const order = shuffled([...files.values()], random);
  let withTabs = 0;
  for (let round = 0; round < 40 && withTabs < count; round++) {
    for (const source of order) {
      if (withTabs >= count) break;
      const counts = new Map<string, number>();
      for (const name of source.text.match(identifiers) ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
      const possible: { start: number; end: number; names: string[] }[] = [];
      let start = 0;
      for (const line of source.text.split('\n')) {
        const end = start + line.length;
        if (/^\s/.test(line) && !noCode.test(line)) {
          const inLine = codeOf(line, languageId).match(identifiers) ?? [];
          const names = [...new Set(inLine)].filter((name) => {
            const places = declaredBy.get(name);
            if (name.length < 4 || places === undefined || places.length > tenth) return false;
            if (places.every((place) => place === source.path)) return false;
            return counts.get(name) === inLine.filter((other) => other === name).length;
          });
          if (names.length > 0) possible.push({ start, end, names });
        }
        start = end + 1;
      }
      const chosen = possible[Math.floor(random() * possible.length)];
      if (chosen === undefined) continue;
      const near = shuffled(related(repository, source.path), random).slice(0, 5);
      const rest = shuffled([...files.keys()], random).filter(
        (path) => path !== source.path && !near.includes(path),
      );
      const tabs = shuffled([...near, ...rest.slice(0, 9 - near.length)], random);
      const inTabs = chosen.names.filter((name) =>
        declaredBy.get(name)?.some((place) => tabs.includes(place)),
      );
      if (inTabs.length > 0) withTabs++;
      // Of the lines that no tab helps with, as many as of the others.
      else if (cases.length >= 2 * withTabs + 4) continue;
      cases.push({ source, start: chosen.start, end: chosen.end, tabs, inTabs, anywhere: chosen.names });
    }
  }
  return cases;
}
