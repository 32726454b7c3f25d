import type { OutlineOf, TypeOf } from '../core/outline.ts';
import type { Clock, Log, Survey } from '../core/ports.ts';
import type { Snapshot, SourceText } from '../core/snapshot.ts';
import { type ErrorsAdded, errorsAdded } from './errors.ts';
import { createGrammars, type GrammarFiles } from './grammars.ts';
import { createOutlines } from './outlines.ts';
import { surveyText, surveyTree } from './survey.ts';
import { createTrees, type Parsed } from './trees.ts';
import { typeOfName } from './types.ts';

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
  readonly errorsAdded: ErrorsAdded;
  readonly typeOf: TypeOf;
  /** Settles when the language's grammar is loaded, or is known not to exist. */
  ready(languageId: string): Promise<void>;
  /** Settles when the survey of this text goes by its tree, or there cannot be one. Rejects only by abort. */
  settled(source: SourceText, signal: AbortSignal): Promise<void>;
  /** Forgets a document: its tree is deleted. */
  close(uri: string): void;
  dispose(): void;
}

/** Makes the syntax part. Nothing is loaded before the first question. */
export function createSyntax(ports: SyntaxPorts): Syntax {
  const { clock, log } = ports;
  const grammars = createGrammars(ports, log);
  const trees = createTrees(grammars, clock, log);
  const outlines = createOutlines(grammars, trees, clock, log);

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

  /** Asks the tree of a document; undefined where there is none, or the question fails. */
  function asked<T>(snapshot: Snapshot, question: (parsed: Parsed) => T): T | undefined {
    try {
      const parsed = trees.now(snapshot);
      return parsed === undefined ? undefined : question(parsed);
    } catch (error) {
      log.error(`The syntax of ${snapshot.path} could not be asked.`, error);
      return undefined;
    }
  }

  return {
    survey,
    outline: outlines.outline,
    errorsAdded: (snapshot, text, replace) =>
      asked(snapshot, (parsed) => errorsAdded(parsed, snapshot, text, replace, clock)),
    typeOf: (snapshot, name) => asked(snapshot, (parsed) => typeOfName(parsed, snapshot, name)),
    async ready(languageId) {
      await grammars.load(languageId);
    },
    async settled(source, signal) {
      await trees.settled(source, signal);
    },
    close(uri) {
      trees.close(uri);
      outlines.close(uri);
    },
    dispose() {
      trees.dispose();
      outlines.dispose();
    },
  };
}
