/** Says a growing text in whole sentences, each once, for people who listen to the page. */
export interface Sentences {
  /** The sentences that have become whole since the last call; with `ended`, what is left as well. */
  take(markdown: string, ended: boolean): string;
}

/** The most that is said at once, characters: two minutes of speech. The rest can be read in the page. */
const longestSpeech = 2_000;

/** Starts at the beginning of a text. `codeBlock` is said in place of a block of code. */
export function createSentences(codeBlock: string): Sentences {
  let taken = 0;
  let fence = '';
  return {
    take: (markdown, ended) => {
      // A text that became shorter is another text.
      if (markdown.length < taken) {
        taken = 0;
        fence = '';
      }
      const said: string[] = [];
      let length = 0;
      while (taken < markdown.length) {
        const newline = markdown.indexOf('\n', taken);
        const whole = newline >= 0 || ended;
        const line = markdown.slice(taken, newline < 0 ? undefined : newline);
        const mark = fenceOf(line);
        if (fence === '' && mark === '') {
          const until = whole ? line.length : lastSentence(line);
          if (length < longestSpeech) said.push(spoken(line.slice(0, Math.min(until, longestSpeech))));
          length += until;
          taken += until;
          if (!whole) break;
        } else {
          if (!whole) break;
          if (fence === '') {
            fence = mark;
            said.push(codeBlock);
          } else if (mark !== '' && mark.startsWith(fence)) fence = '';
          taken += line.length;
        }
        if (newline >= 0) taken = newline + 1;
      }
      return said.join(' ').replace(/ +/g, ' ').trim();
    },
  };
}

/** The marks that open or close a block of code at the start of a line; empty for any other line. */
function fenceOf(line: string): string {
  return /^[ \t]{0,12}(`{3,}|~{3,})/.exec(line.slice(0, 80))?.[1] ?? '';
}

/** Where the last whole sentence of a line that goes on ends; 0 if there is none. */
function lastSentence(line: string): number {
  for (let at = line.length - 1; at > 0; at--) {
    const character = line[at - 1] ?? '';
    if ('。！？'.includes(character) || ('.!?:'.includes(character) && line[at] === ' ')) return at;
  }
  return 0;
}

/** A line without the marks that are not said. */
function spoken(line: string): string {
  return line
    .trim()
    .replace(/^(?:#{1,6}|>|[-*+]|\d{1,9}[.)]) /, '')
    .replace(/[*_`|]{1,3}/g, '');
}
