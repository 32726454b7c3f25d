/**
 * Characters that a reader cannot see and a model can: controls but for tab and line breaks, everything that Unicode says may be ignored when
 * shown (bidirectional and tag characters, zero widths, variation selectors, fillers), interlinear marks, line and paragraph
 * separators, the blank Braille pattern, and halves of characters.
 */
const hidden =
  /(?![\t\n\r])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cs}\u2028\u2029\u2800\ufff9-\ufffc]|\r(?!\n)/gu;

/** Scripts in which a joiner changes how the letters around it are written, and pictures that are made of several. */
const joined =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}\p{Script=Syriac}]/u;
const picture = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f/u;

/** The text without hidden characters. Joiners stay where the script or the emoji around them needs them. */
export function strip(text: string): string {
  if (!mayHide.test(text)) return text;
  return text.replace(hidden, (character, offset: number) =>
    isNeeded(character, text, offset) ? character : '',
  );
}

/** True when `strip` would change the text. */
export function hasHidden(text: string): boolean {
  return strip(text) !== text;
}

/** Nearly all source text is printable ASCII, which this finds out fastest. */
const mayHide = /[^\t\n\r\x20-\x7e]|\r(?!\n)/;

function isNeeded(character: string, text: string, offset: number): boolean {
  const before = characterBefore(text, offset);
  const after = String.fromCodePoint(text.codePointAt(offset + character.length) ?? 0x20);
  if (character === '\u200d' && picture.test(before) && picture.test(after)) return true;
  if (character === '\u200c' || character === '\u200d') return joined.test(before) && joined.test(after);
  // U+FE0F asks for the coloured form of the sign before it.
  return character === '\ufe0f' && /[\p{Emoji}\p{Extended_Pictographic}]/u.test(before);
}

function characterBefore(text: string, offset: number): string {
  const low = text.charAt(offset - 1);
  return /[\udc00-\udfff]/.test(low) ? text.slice(offset - 2, offset) : low;
}
