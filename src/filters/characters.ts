import type { Filter } from './piece.ts';

/**
 * Characters that nobody sees: zero-width, soft hyphen, byte-order mark, bidirectional controls (CVE-2021-42574 lists them), tag
 * characters, lone surrogates, and C0/C1 controls but for tab, line break and form feed.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;

/** Takes out hidden characters and turns every kind of line break into `\n`. */
export const characters: Filter = {
  name: 'characters',
  reason: 'hidden-characters',
  apply({ text, closed }) {
    // The second half of a line break or of a surrogate pair may be on its way.
    const whole = closed ? text : text.replace(/[\r\ud800-\udbff]$/, '');
    if (!/[^\t\n -~]/.test(whole)) return { text: whole, closed };
    return { text: whole.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(hidden, ''), closed };
  },
};
