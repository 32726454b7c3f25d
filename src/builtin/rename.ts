/** A word there and the word that stands here in its place. */
export interface Renaming {
  readonly there: string;
  readonly here: string;
}

/** Shorter differences occur in any word by chance. */
const minPart = 3;
const numbered = /^(.*?)(\d{1,9})$/;

/**
 * What a word there is called here, told from how others are called: after `setUser` became `setOrder`, `userList` becomes
 * `orderList`; after 1, 2 became 2, 3, a 3 becomes a 4. Undefined where nothing of the kind applies.
 */
export function rename(word: string, renamings: readonly Renaming[]): string | undefined {
  const letters = bare(word);
  for (const { there, here } of renamings) {
    const renamed = counted(word, there, here) ?? partly(word, letters, there, here);
    if (renamed !== undefined && renamed !== word) return renamed;
  }
  return undefined;
}

/** Words that end in numbers, and numbers, at the same distance. */
function counted(word: string, there: string, here: string): string | undefined {
  if (!/\d$/.test(word)) return undefined;
  const [, stem, number] = numbered.exec(word) ?? [];
  const [, stemThere, numberThere] = numbered.exec(there) ?? [];
  const [, stemHere, numberHere] = numbered.exec(here) ?? [];
  if (number === undefined || stem !== stemThere || numberThere === undefined || numberHere === undefined)
    return undefined;
  const next = Number(number) + Number(numberHere) - Number(numberThere);
  return next < 0 || stemHere === undefined
    ? undefined
    : stemHere + String(next).padStart(number.length, '0');
}

/** Words of which a part was exchanged. */
function partly(word: string, letters: string, there: string, here: string): string | undefined {
  const start = sharedStart(there, here);
  const end = sharedEnd(there, here, start);
  const from = there.slice(start, there.length - end);
  const to = here.slice(start, here.length - end);
  if (from.length < minPart || to.length < 1 || !letters.includes(bare(from))) return undefined;
  for (const style of [asIs, lowered, raised, upper, snaked]) {
    const part = style(from);
    if (word.includes(part)) return word.replace(part, style(to));
  }
  return undefined;
}

/** Common letters at the start, back to the start of a part of the word. */
function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  while (length > 0 && !(boundary(a, length) && boundary(b, length))) length--;
  return length;
}

function sharedEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  while (length > 0 && !(boundary(a, a.length - length) && boundary(b, b.length - length))) length--;
  return length;
}

/** Whether a part of a word begins here: `set|User`, `set_|user`. */
function boundary(word: string, at: number): boolean {
  return at >= word.length || /[A-Z_$\d]/.test(word[at] ?? '') || /[_$\d]/.test(word[at - 1] ?? '_');
}

/** The letters alone, in whatever style they are joined. */
const bare = (part: string) => part.replaceAll('_', '').toLowerCase();
const asIs = (part: string) => part;
const lowered = (part: string) => part.charAt(0).toLowerCase() + part.slice(1);
const raised = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);
const upper = (part: string) => part.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
const snaked = (part: string) => part.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
