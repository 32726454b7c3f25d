/** One edit of a document, in UTF-16 offsets of the text before it. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An accepted text whose fate is followed. */
interface Followed {
  readonly uri: string;
  readonly text: string;
  readonly dueAt: number;
  readonly tell: (survived: boolean) => void;
  start: number;
  end: number;
  /** Characters of the accepted text that have been deleted. */
  lost: number;
}

/** How long an accepted suggestion must stay to count as kept, ms: the five minutes that the dashboard names. */
export const survivalTime = 5 * 60_000;
/** It counts as kept if no more than this share of it was changed. */
const mostLost = 0.2;
/** Followed at once; a person accepts some ten suggestions a minute. */
const mostFollowed = 500;

/** Follows accepted suggestions through the edits of five minutes, without keeping more of the code than their own text. */
export class Survival {
  #followed: Followed[] = [];

  /** Follows `text`, accepted at `start` at the time `now` in ms; `tell` hears once, from `due`, whether it is still there. */
  follow(uri: string, start: number, text: string, now: number, tell: (survived: boolean) => void): void {
    this.#followed.push({
      uri,
      text,
      dueAt: now + survivalTime,
      tell,
      start,
      end: start + text.length,
      lost: 0,
    });
    if (this.#followed.length > mostFollowed) this.#followed.shift();
  }

  /** A document was edited. Edits in the order in which each applies to the text that the one before has left. */
  edited(uri: string, edits: readonly TextEdit[]): void {
    for (const followed of this.#followed) {
      if (followed.uri === uri) for (const edit of edits) move(followed, edit);
    }
  }

  /** Tells of every text whose time has come. */
  due(now: number): void {
    const over = this.#followed.filter(({ dueAt }) => dueAt <= now);
    this.#followed = this.#followed.filter(({ dueAt }) => dueAt > now);
    for (const { tell, lost, text } of over) tell(lost <= text.length * mostLost);
  }
}

function move(followed: Followed, edit: TextEdit): void {
  const shift = edit.text.length - (edit.end - edit.start);
  if (edit.start >= followed.end) return;
  if (edit.end <= followed.start) {
    followed.start += shift;
    followed.end += shift;
    return;
  }
  // A formatter may replace much to change little: what is still there word for word is not lost.
  const again = edit.text.indexOf(followed.text.trim());
  if (again >= 0 && edit.start <= followed.start && edit.end >= followed.end) {
    followed.start = edit.start + again;
    followed.end = followed.start + followed.text.trim().length;
    return;
  }
  followed.lost += Math.min(edit.end, followed.end) - Math.max(edit.start, followed.start);
  followed.end = Math.max(followed.end + shift, followed.start);
}
