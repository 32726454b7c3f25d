import { commonLength } from './commonLength.ts';
import { freshIndentation, type Indentation } from './indentation.ts';
import { openTokenStart, scan } from './scan.ts';
import { Trail } from './trail.ts';
import { fileStart, tokenKind, type Vocabulary } from './vocabulary.ts';

/** Where the caret stands, in tokens. */
export interface Place {
  /** The text after the last closed token: the part of a word, white space or operator that may still grow. */
  readonly typed: string;
  /** The indentation of the line of the last closed token. */
  readonly indentation: Indentation;
  /** Whether the text goes on where it ended at the last call. */
  readonly continued: boolean;
}

/** The end of a line's last token: what the trail is cut back to when something after it changes. */
interface LineEnd {
  readonly offset: number;
  readonly tokens: number;
  readonly indentation: Indentation;
}

/** Enough for a file of ten thousand lines. */
const slots = 1 << 14;

/** The file that is being typed, up to the caret, as a trail of tokens. Only lines that changed are cut into tokens again. */
export class Live {
  readonly trail: Trail;
  readonly #vocabulary: Vocabulary;
  #path = '';
  #prefix = '';
  #lines: LineEnd[] = [];

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.trail = new Trail(vocabulary, slots);
  }

  /** Brings the trail up to date with the text before the caret; `hint` is how files of this kind are indented. */
  follow(path: string, prefix: string, hint: Indentation): Place {
    const same = path === this.#path ? commonLength(this.#prefix, prefix) : 0;
    const continued = path === this.#path && same === this.#prefix.length;
    while (this.#lines.length > 0 && (this.#lines.at(-1)?.offset ?? 0) >= same) this.#lines.pop();
    this.#path = path;
    this.#prefix = prefix;
    let last = this.#lines.at(-1);
    if (last === undefined) {
      this.trail.truncate(0);
      this.trail.push(this.#vocabulary.intern(fileStart) * 2);
      last = { offset: 0, tokens: 1, indentation: freshIndentation(hint.unit, hint.tabs) };
    } else this.trail.truncate(last.tokens);
    return { ...this.#extend(prefix, last), continued };
  }

  #extend(prefix: string, from: LineEnd): Omit<Place, 'continued'> {
    const indentation = { ...from.indentation };
    let ofLine: Indentation = from.indentation;
    let end = from.offset;
    const stop = Math.max(from.offset, openTokenStart(prefix));
    scan(prefix, from.offset, stop, indentation, this.#vocabulary, (token, tokenEnd) => {
      if (this.#vocabulary.kindOf(token >>> 1) === tokenKind.newline) {
        if (end > from.offset)
          this.#lines.push({ offset: end, tokens: this.trail.length, indentation: ofLine });
        ofLine = { ...indentation };
      }
      this.trail.push(token);
      end = tokenEnd;
    });
    return { typed: prefix.slice(end), indentation: ofLine };
  }
}
