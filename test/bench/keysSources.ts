import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { SourceText } from '../../src/core/snapshot.ts';
import { projectRoot } from '../support/run.ts';
import { unpack } from './builtinPackages.ts';
import { type Repository, readRepository } from './contextCases.ts';
import { seeded } from './random.ts';

/** A part of a real file that is to be typed. */
export interface Trace {
  readonly repository: Repository;
  readonly source: SourceText;
  /** The whole file as it will be, with line feeds only. */
  readonly text: string;
  /** The part that is missing at first: from behind the indentation of its first line to the end of its last. */
  readonly from: number;
  readonly to: number;
  /** Files that are open beside it, paths. */
  readonly related: readonly string[];
}

/** Packages of the registry that carry sources as people wrote them. What is shown and asked was tuned on the others; `final` ones are for the figures only. */
const materials = [
  { name: 'openai', version: '7.57.0', folder: 'src', languageId: 'typescript', final: false },
  { name: 'rxjs', version: '7.8.2', folder: 'src', languageId: 'typescript', final: false },
  { name: 'sequelize', version: '6.37.8', folder: 'lib', languageId: 'javascript', final: false },
  { name: 'cordova-android', version: '15.1.0', folder: 'framework', languageId: 'java', final: false },
  { name: '@tanstack/query-core', version: '5.108.0', folder: 'src', languageId: 'typescript', final: true },
  { name: 'webpack', version: '5.101.0', folder: 'lib', languageId: 'javascript', final: true },
  { name: 'node-gyp', version: '13.1.0', folder: 'gyp', languageId: 'python', final: true },
  { name: '@capacitor/android', version: '8.5.2', folder: 'capacitor', languageId: 'java', final: true },
] as const;

/** Files shorter than this, lines, are left out: there would be nothing around the part. */
const leastLines = 90;

/** Files open beside the one that is typed into. */
const mostRelated = 2;

/** The sources to type from: the packages, fetched once into `.bench/` of the checkout, or a folder given as `path:languageId`. */
export function repositories(final: boolean, folders: readonly string[]): Repository[] {
  if (folders.length > 0) {
    return folders.map((folder) => {
      const [root = '', languageId = 'typescript'] = folder.split(':');
      return readRepository(path.basename(root), path.resolve(root), languageId);
    });
  }
  const cache = path.join(projectRoot, '.bench', 'keys');
  mkdirSync(cache, { recursive: true });
  return materials
    .filter((material) => material.final === final)
    .map(({ name, version, folder, languageId }) => {
      const at = path.join(cache, `${name.replaceAll('/', '-')}-${version}`);
      if (!existsSync(at)) unpack(`${name}@${version}`, cache, at);
      return readRepository(name, path.join(at, folder), languageId);
    });
}

/** Parts of so many lines, one of each repository in turn. */
export function tracesOf(
  found: readonly Repository[],
  count: number,
  lines: number,
  seed: number,
): readonly Trace[] {
  const random = seeded(seed * 104_729);
  const traces: Trace[] = [];
  for (let tries = 0; traces.length < count && tries < count * 50; tries++) {
    const repository = found[traces.length % found.length];
    const sources = [...(repository?.files.values() ?? [])];
    const source = sources[Math.floor(random() * sources.length)];
    const trace = repository && source && traceOf(repository, source, lines, random);
    if (trace) traces.push(trace);
  }
  return traces;
}

function traceOf(
  repository: Repository,
  source: SourceText,
  lines: number,
  random: () => number,
): Trace | undefined {
  const text = source.text.replaceAll('\r', '');
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  if (starts.length < leastLines) return undefined;
  const first = 15 + Math.floor(random() * (starts.length - lines - 20));
  const line = text.slice(starts[first], starts[first + 1]);
  const last = starts[first + lines];
  // Nobody starts to type inside of a comment or with a closing bracket.
  if (
    last === undefined ||
    !/^[ \t]*[\w@$]/.test(line) ||
    /^[ \t]*\* /m.test(text.slice(starts[first - 1], starts[first]))
  )
    return undefined;
  const from = (starts[first] ?? 0) + (/^[ \t]*/.exec(line)?.[0].length ?? 0);
  return { repository, source, text, from, to: last - 1, related: relatedTo(repository, source, text) };
}

/** The files that the text names, as an import does, nearest first. */
function relatedTo({ files }: Repository, source: SourceText, text: string): readonly string[] {
  const folder = path.dirname(source.path);
  const named = [...files.keys()].filter((other) => {
    const stem = path.basename(other).replace(/\.\w+$/, '');
    return (
      other !== source.path && stem.length > 2 && new RegExp(`\\b${stem.replace(/\W/g, '.')}\\b`).test(text)
    );
  });
  const distance = (other: string) => path.relative(folder, other).split('/').length;
  return named.sort((a, b) => distance(a) - distance(b) || a.localeCompare(b)).slice(0, mostRelated);
}
