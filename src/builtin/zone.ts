/** What kind of text a line ends in: 0 code, 1 comment, 2 string. Told from the line alone, for any language. */
export function zoneOf(line: string, languageId: string): 0 | 1 | 2 {
  const hash = languageId === 'python' || languageId === 'ruby' || languageId === 'shellscript';
  let quote = '';
  if (!hash && /^\s*(\*|\/\*)/.test(line) && !line.includes('*/')) return 1;
  for (let at = 0; at < line.length; at++) {
    const mark = line[at] ?? '';
    if (quote !== '') {
      if (mark === '\\') at++;
      else if (mark === quote) quote = '';
    } else if (mark === '"' || mark === "'" || mark === '`') quote = mark;
    else if (hash ? mark === '#' : mark === '/' && line[at + 1] === '/') return 1;
  }
  return quote === '' ? 0 : 2;
}
