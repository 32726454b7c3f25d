import { type Filter, isBlank, linesOf } from './piece.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/** How chat models begin to talk (field reports of Continue, Cody and Kilo name these). */
const openers =
  /^(sure|certainly|of course|absolutely|okay|ok|great|here(?:'s|’s| is| are| you go)|below is|the following|this is|to complete|to fill|to continue|based on|i(?:'ve|’ve|'ll|’ll|'d|’d| have| will| would| can| think| assume| added| completed)|the (?:code|complet\w+|missing|answer|function|method|snippet|continuation|next|rest|line)|let me|let's|you can|you could|we can|we need|it looks|completion|completed|answer|output|result|code|solution|continuation)\b/i;

/** How they end. */
const closers =
  /^(explanation|note|notes|this|these|that|the (?:code|above|function|method|completion|snippet|missing|line|loop|block)|in this|here(?:'s|’s| is)|it |i(?:'ve|’ve| have)|let me|feel free|hope|if you|you can|make sure|remember|please|key (?:changes|points)|changes|how it works|where|with this|now|so |also|additionally|finally|alternatively)\b/i;

/** Words that English is full of and code is not. */
const common =
  /\b(the|a|an|is|are|was|will|would|should|to|of|and|that|this|it|you|your|can|with|which|be|at|on|by|from|here|below|above|following|code|has|have|as|its|into|returns?|need|based)\b/gi;

/** Characters of which prose holds few: a line with them is taken for code. */
const codeLike =
  /[{}=;<>[\]|\\$&^~]|\w\(|\w\.\w+\(|^\s*[#@*/"'-]|^\s*(import|from|return|if|for|while|def|class|func|function|package|public|private|static|const|let|var|assert|raise|throw|else|try|except|case|with|async|await|yield|type|struct|enum|interface|goto|break|continue|include|using|namespace|select|not)\b(?!.*[.:!?]$)/;

/** True for a line of English that a chat model wrote around its code. */
export function isProse(line: string, pattern: RegExp): boolean {
  const trimmed = line
    .trim()
    .replace(/^(#{1,4}\s+|\*\*|[-*>]\s+)/, '')
    .replace(/`[^`]*`/g, 'it')
    .replace(/\*\*/g, '');
  if (trimmed === '') return false;
  const words = trimmed.split(/\s+/).length;
  if (pattern.test(trimmed) && /[.:!?,]$|^[A-Z][\w'’]*[!.,:]? /.test(trimmed) && !codeLike.test(trimmed))
    return true;
  if (codeLike.test(trimmed)) return false;
  if (words < 4 || !/^["'(]?[A-Z]/.test(trimmed)) return false;
  const known = trimmed.match(common)?.length ?? 0;
  return known * 5 >= words && known >= 2;
}

/** True if a line whose end is not there yet may turn out to be prose. */
function mayBeProse(line: string): boolean {
  return (
    /^\s*(#{1,4} |\*\*|> |- )?[A-Za-z][\w'’]*([ ,!.:?][\w'’`,!.:? ()-]*)?$/.test(line) &&
    /^\s*\W*([A-Z]|sure|here|to |of c|cert|okay)/.test(`${line} `)
  );
}

/** Takes away sentences before the code. */
export const proseBefore: Filter = {
  name: 'prose before',
  reason: 'not-code',
  apply(piece, place) {
    if (speaksEnglish(place)) return piece;
    const { lines, open } = linesOf(piece);
    let first = 0;
    while (first < lines.length && !isBlank(lines[first] ?? '') && isProse(lines[first] ?? '', openers)) {
      first++;
      while (first < lines.length && isBlank(lines[first] ?? '')) first++;
    }
    const rest = [...lines.slice(first), ...(open === undefined ? [] : [open])].join('\n');
    if (!piece.closed && first === lines.length && open !== undefined && mayBeProse(open)) {
      return { text: '', closed: false };
    }
    return { text: rest, closed: piece.closed };
  },
};

/** Ends the answer at the first sentence after the code. */
export const proseAfter: Filter = {
  name: 'prose after',
  reason: 'not-code',
  apply(piece, place) {
    if (speaksEnglish(place)) return piece;
    const { lines, open } = linesOf(piece);
    for (let i = 1; i < lines.length; i++) {
      const line = lines[i] ?? '';
      if (isProse(line, closers) && inCode(lines.slice(0, i), place)) {
        return { text: lines.slice(0, i).join('\n'), closed: true };
      }
    }
    if (open === undefined || lines.length === 0) return piece;
    return mayBeProse(open) && inCode(lines, place) ? { text: lines.join('\n'), closed: false } : piece;
  },
};

/** English is what belongs here: a comment, a string, a text file. */
function speaksEnglish(place: Place): boolean {
  return place.site.zone !== 'code' || place.language.prose;
}

function inCode(lines: readonly string[], place: Place): boolean {
  return scan(`${lines.join('\n')}\n`, place.language, place.inside).inside === undefined;
}
