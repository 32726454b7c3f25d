/** Largest text that is learned, in UTF-16 units; larger sources are nearly always generated. */
const maxTextLength = 1_000_000;
/** Mean length of a line above which a text is taken for minified, and the longest single line. */
const maxMeanLine = 200;
const maxLine = 10_000;
/** Share of characters that could not be decoded, above which a file is not text. */
const maxUnreadable = 0.01;
/** Where files say that they were made by a program, and how: in their first lines. */
const headLength = 600;
const generated =
  /@generated|\b(?:code|file|automatically) generated\b[^\n]*(?:do not|don't) (?:edit|modify)|\bDO NOT EDIT\b/i;

/** Whether a text looks written by people: of bearable size, with lines of bearable length, no NUL and no note that it was made. */
export function worthLearning(text: string): boolean {
  if (text.length > maxTextLength || text.includes('\0') || generated.test(text.slice(0, headLength)))
    return false;
  if (isUnreadable(text)) return false;
  let lines = 1;
  let from = 0;
  for (;;) {
    const newline = text.indexOf('\n', from);
    if ((newline < 0 ? text.length : newline) - from > maxLine) return false;
    if (newline < 0) break;
    lines++;
    from = newline + 1;
  }
  return text.length / lines <= maxMeanLine;
}

/** Whether more than a few characters could not be decoded. */
function isUnreadable(text: string): boolean {
  let left = text.length * maxUnreadable;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1))
    if (--left < 0) return true;
  return false;
}
