/** Why a file is not learned, in words for the log. */
export type LeaveReason = 'too large' | 'unreadable' | 'generated or minified';

/** Counts what a reading of the workspace leaves out, so that one line of the log can tell. */
export class LeftOut {
  readonly #found = new Map<LeaveReason, { count: number; readonly first: string }>();

  note(reason: LeaveReason, path: string): void {
    const known = this.#found.get(reason);
    if (known) known.count++;
    else this.#found.set(reason, { count: 1, first: path });
  }

  /** A line for the log; undefined if nothing was left out. */
  line(): string | undefined {
    if (this.#found.size === 0) return undefined;
    const parts = Array.from(
      this.#found,
      ([reason, { count, first }]) => `${count} ${reason} (${first}${count > 1 ? ', …' : ''})`,
    );
    return `files left out: ${parts.join(', ')}.`;
  }
}
