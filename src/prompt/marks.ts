/** What tells a prompt's own words from the files in it: marks that no file holds, as they are drawn at random and looked for first. */
export interface Marks {
  /** For where the caret stands; a new one for each request. */
  caret(texts: readonly string[]): string;
  /**
   * For where a file of context ends: the same from request to request, as these files come first and servers remember what they have read
   * up to the first character that differs. Another one once a text holds it.
   */
  file(texts: readonly string[]): string;
}

/** Marks of `random`, which gives letters and digits that nobody can guess. */
export function createMarks(random: () => string): Marks {
  let file = '';
  return {
    caret: (texts) => unheld('caret-', texts, random),
    file(texts) {
      if (file === '' || holds(texts, file)) file = unheld('end-', texts, random);
      return file;
    },
  };
}

function unheld(kind: string, texts: readonly string[], random: () => string): string {
  let mark = kind + random();
  while (holds(texts, mark)) mark += random();
  return mark;
}

function holds(texts: readonly string[], mark: string): boolean {
  return texts.some((text) => text.includes(mark));
}
