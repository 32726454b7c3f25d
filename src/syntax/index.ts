import { isAbort } from '../core/errors.ts';
import { emptyOutline, type Outline, type OutlineOf } from '../core/outline.ts';
import type { Clock, Log, Survey } from '../core/ports.ts';
import type { Snapshot, SourceText } from '../core/snapshot.ts';
import { createGrammars, type GrammarFiles, parseWhole } from './grammars.ts';
import { outlineTree } from './outline.ts';
import { surveyText, surveyTree } from './survey.ts';
import { createTrees, maxParsedCharacters } from './trees.ts';

/** What the syntax part needs from outside. */
export interface SyntaxPorts extends GrammarFiles {
  readonly clock: Clock;
  readonly log: Log;
}

/** The syntax part. */
export interface Syntax {
  /** The place of the caret; by indentation where no tree is ready. */
  readonly survey: Survey;
  readonly outline: OutlineOf;
  /** Settles when the language's grammar is loaded, or is known not to exist. */
  ready(languageId: string): Promise<void>;
  /** Forgets a document: its tree is deleted. */
  close(uri: string): void;
  dispose(): void;
}

/** Makes the syntax part. Nothing is loaded before the first question. */
export function createSyntax(ports: SyntaxPorts): Syntax {
  const { clock, log } = ports;
  const grammars = createGrammars(ports, log);
  const trees = createTrees(grammars, clock, log);

  async function outline(source: SourceText, signal: AbortSignal): Promise<Outline> {
    try {
      const grammar = await grammars.load(source.languageId);
      if (grammar === undefined || source.text.length > maxParsedCharacters) return emptyOutline;
      const tree = parseWhole(grammar, source.text);
      if (tree === null) return emptyOutline;
      try {
        const steps = outlineTree(grammar, tree, source.text);
        for (;;) {
          const step = steps.next();
          if (step.done === true) return step.value;
          await clock.sleep(0, signal);
        }
      } finally {
        tree.delete();
      }
    } catch (error) {
      if (!isAbort(error)) log.error(`No outline of ${source.path}.`, error);
      return emptyOutline;
    }
  }

  function survey(snapshot: Snapshot) {
    try {
      const parsed = trees.now(snapshot);
      if (parsed !== undefined) return surveyTree(snapshot, parsed);
    } catch (error) {
      log.error(`The survey of ${snapshot.path} failed; indentation is used instead.`, error);
      trees.close(snapshot.uri);
    }
    return surveyText(snapshot, grammars.now(snapshot.languageId)?.header.lineComment ?? '');
  }

  return {
    survey,
    outline,
    async ready(languageId) {
      await grammars.load(languageId);
    },
    close: trees.close,
    dispose: trees.dispose,
  };
}
