import { isAbort } from '../core/errors.ts';
import type { OutlineOf, TypeOf } from '../core/outline.ts';
import type { Clock, ContextSource, Gather, Log, Workspace } from '../core/ports.ts';
import type { Snippet } from '../core/prompt.ts';
import type { Site, Span } from '../core/site.ts';
import type { SourceText } from '../core/snapshot.ts';
import { createEdits } from './edits.ts';
import { gatherExtra } from './extra.ts';
import { createFiles } from './files.ts';
import { createLine } from './line.ts';
import { gatherMembers } from './members.ts';
import { createOwnFile } from './ownFile.ts';
import { createSurroundings } from './surroundings.ts';
import { withoutRepetition } from './unique.ts';

/** What the context part needs from outside. */
export interface ContextPorts {
  readonly outline: OutlineOf;
  readonly typeOf: TypeOf;
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly log: Log;
  /** Sources later than this, ms, are dropped. */
  readonly budgetMs: number;
  /** What only the editor can ask: the language server's definitions, diagnostics. */
  readonly extraSources?: readonly ContextSource[];
}

/** The context part. */
export interface Context {
  readonly gather: Gather;
  /** Looks around a document that is shown, without a time limit, so that its first key finds all known. Never rejects. */
  prepare(source: SourceText, signal: AbortSignal): Promise<void>;
  /** Tells of a change: the document after it, and where its new text stands. */
  edited(source: SourceText, span: Span): void;
  /** Ends all work in the background. */
  dispose(): void;
}

/** The share of the budget that changes with every key and stands last, so that all before it stays the same. */
const movingShare = 0.1;

/** Makes the context part. */
export function createContext(ports: ContextPorts): Context {
  const { clock, log, outline } = ports;
  const life = new AbortController();
  const files = createFiles(ports.workspace, clock, log);
  const lookAtOwnFile = createOwnFile(outline, clock, life.signal);
  const lookAround = createSurroundings(files, outline, clock, log, life.signal);
  const edits = createEdits(clock);
  const lineOf = createLine(edits);

  async function gather(site: Site, maxChars: number, signal: AbortSignal): Promise<readonly Snippet[]> {
    const stop = new AbortController();
    const bounded = AbortSignal.any([signal, stop.signal, life.signal]);
    const late = clock.sleep(ports.budgetMs, bounded).then(
      () => stop.abort(),
      () => undefined,
    );
    try {
      const extra = gatherExtra(ports.extraSources ?? [], site, bounded, log);
      const own = await lookAtOwnFile(site.snapshot, bounded);
      const neighbours = await lookAround({ source: site.snapshot, outline: own.outline }, bounded);
      const moving = Math.floor(maxChars * movingShare);
      const { scene, snippets } = lineOf(site, own, neighbours, maxChars - moving);
      const members = gatherMembers(scene, ports.typeOf, moving, snippets);
      return withoutRepetition([...snippets, ...members, ...(await extra)], site, maxChars);
    } catch (error) {
      if (!isAbort(error)) log.error('The context could not be gathered.', error);
      return [];
    } finally {
      stop.abort();
      await late;
    }
  }

  async function prepare(source: SourceText, signal: AbortSignal): Promise<void> {
    try {
      const own = await lookAtOwnFile(source, signal);
      await lookAround({ source, outline: own.outline }, signal);
    } catch (error) {
      if (!isAbort(error)) log.error(`${source.path} could not be looked at.`, error);
    }
  }

  return { gather, prepare, edited: edits.edited, dispose: () => life.abort() };
}
