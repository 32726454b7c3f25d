import { beginsForeign, introducesForeign, isForeign } from './foreign.ts';
import type { Language } from './language.ts';

/** How chat models begin to talk about code (field reports of Continue, Cody and Kilo name many of these). */
const openers =
  /^(?:sure|certainly|of course|absolutely|okay|ok|alright|great|got it|yes|understood|no problem|here(?:['’]s| is| are| you go)|below|the following|following|this (?:is|code|line|completes|should|will|would)|to (?:complete|fill|continue|finish|implement|insert|add|make|solve|do|achieve)|based on|given|looking at|considering|i(?:['’](?:ve|ll|d|m)| have| will| would| can| think| assume| added| completed| see| believe)|the (?:\w+ ){0,3}(?:code|line|block|completion|answer|function|method|snippet|continuation|rest|part|statement|body|text|implementation|solution|insertion)|let(?: me|['’]s)|you (?:can|could|need|should|may|want)|we (?:can|need|should|could)|it (?:looks|seems|appears)|in (?:this|order)|since|as (?:an|requested)|complet(?:ed|ion)|answer|output|result|response|solution|continuation|insert(?:ed)?|missing|code|updated|final|my|please|assuming|try|use|add)\b/i;

/** Those of them that a line of code does not begin with, for models that do not use capitals. */
const lowerStarts = [
  'sure',
  'certainly',
  'of course',
  'okay',
  'here is',
  'here are',
  'here you go',
  "here's",
  'here’s',
  'to complete',
  'to fill',
  'based on',
];

/** How they go on after it. */
const closers =
  /^(?:explanation|notes?|this|these|that|those|the|in this|in the|here|it|its|i(?:['’](?:ve|ll|d|m)| have| hope| added| assumed| apologi[sz]e)|sorry|apologies|unfortunately|let me|feel free|hope|if|you|your|make sure|be sure|remember|please|key|changes?|how|what|why|where|with|now|so|also|additionally|finally|first|next|then|alternatively|otherwise|both|each|for|when|since|as|by|after|usage|example|output|summary|important|warning|tip|disclaimer|we|there|using|overall|essentially|basically|done|happy|good luck|replace|adjust|just|simply|hence|thus|therefore|however|because)\b/i;

/** Words of which English is full and code is not. */
const common = new Set(
  'the a an is are was were will would should to of and or that this it you your can could with which be been at on by from here below above following has have as its into need based for in not if when so we i my me do does any all each every there then also any only same using used'.split(
    ' ',
  ),
);

/** Where a line stands: before the code or after it. */
export type Side = 'before' | 'after';

/** True for a line of English that a chat model writes around its code; false for code, comments and blank lines. */
export function isEnglish(line: string, side: Side, language: Language): boolean {
  const trimmed = line.trim();
  // Most lines of code begin with a small letter, which says it all.
  const small = /^[a-z]/.test(trimmed);
  if (
    trimmed === '' ||
    (small && (side === 'after' || !lowerStarts.some((words) => trimmed.startsWith(words))))
  )
    return false;
  if (isComment(trimmed, language) || hasCodeForm(trimmed, language)) return false;
  const plain = withoutMarkdown(trimmed);
  if (codeSigns.test(plain)) return false;
  if (isForeign(plain)) return true;
  const words = plain.split(/[\s/]+/).filter((word) => /\w/.test(word));
  const simple = words.filter((word) =>
    /^["'(“]?(?:[A-Z]?[a-z]+|[A-Z]+|I|\d+)(?:['’-][A-Za-z]+)*[,.:;!?)"'”]*$/.test(word),
  );
  if (simple.length * 4 < words.length * 3) return false;
  const known = words.filter((word) => common.has(word.toLowerCase().replace(/[^a-z]/g, ''))).length;
  const starts = (side === 'before' ? openers : closers).test(plain);
  const capital = /^["'(“]?[A-Z]/.test(plain);
  const ends = /[.:!?…]["')”]?$/.test(plain);
  if (words.length === 1) {
    return (
      capital &&
      ends &&
      (starts || (side === 'before' && trimmed.endsWith(':') && !isLabel(trimmed, language)))
    );
  }
  if (!capital)
    return (
      side === 'before' &&
      lowerStarts.some((words) => plain.startsWith(words)) &&
      (ends || plain.endsWith(','))
    );
  if (starts && (ends || plain.endsWith(','))) return true;
  // Some words and a colon are a key in data, and nothing in code.
  if (side === 'before' && plain.endsWith(':') && !language.keys) return true;
  if (starts && words.length >= 3) return known >= 1;
  if (words.length < 4) return false;
  return ends ? known >= 1 && known * 8 >= words.length : known >= 2 && known * 5 >= words.length;
}

/** True for a string on a line of its own, for a name between quotes and its colon, for one with a tag, and for a line with a comment behind it. */
function hasCodeForm(trimmed: string, language: Language): boolean {
  const quoted = /^(["'`]).*\1[),;+\s\\]*$/.exec(trimmed);
  if (quoted !== null && language.quotes.includes(quoted[1] ?? ' ')) return true;
  if (/^(["'`]).*\1\s*:$/.test(trimmed) || /`\w+:"[^`]*`$/.test(trimmed)) return true;
  return language.lineComments.some((mark) => {
    const at = trimmed.indexOf(` ${mark} `);
    return at > 0 && (mark !== '#' || /[\w)\]},:] $/.test(trimmed.slice(0, at + 1)));
  });
}

/** True if a line whose end is not there yet may turn out to be English: what it has already must not be code. */
export function mayBeEnglish(line: string, language: Language): boolean {
  const start = line.trimStart();
  if (/^(?:\*{1,2}|\d+(?:[.)]\s*)?)$/.test(start)) return true;
  if (isComment(start, language)) return false;
  const plain = withoutMarkdown(start.replace(/[*_]+$|^#{1,5}$|^[->•]$/, ''));
  if (plain === '' || /^["'(“«¡¿`]+$/.test(plain)) return true;
  const lower = plain.toLowerCase();
  const begins =
    /^(?:["'(“]?[A-Z]|`)/.test(plain) ||
    beginsForeign(plain) ||
    lowerStarts.some((words) => lower.startsWith(words) || words.startsWith(lower));
  // A name in backticks, or with parentheses, may not be closed yet, and words may follow a semicolon.
  const settled = withoutMarkdown(start.replace(/[*_]+$/, '')).replace(/`[^`]*$|(?<=\s)\w+\($/, ' it');
  return begins && !codeSigns.test(settled.replace(/; ?$/, ''));
}

/** Signs that English holds none of, once what stands in backticks is taken out. */
const codeSigns = /[{}=<>[\]|\\$&^~@]|;(?! [a-z])|\w\(|\w\.\w|"\s*[:,)]|::|->/;

/** The line without bullets, emphasis and quoted code. */
function withoutMarkdown(line: string): string {
  return line
    .replace(/^(?:#{1,5}\s+|[-*>•]\s+|\d+[.)]\s+)/, '')
    .replace(/^`[^`]*`/, 'It')
    .replace(/`[^`]*`/g, 'it')
    .replace(/\*\*|__/g, '')
    .replace(/(?<=\s)\w+\(\)/g, 'it');
}

/** True for a heading in Markdown; where `#` begins comments, one of the second level at least. `begun` if it may go on. */
export function isHeading(line: string, language: Language, begun = false): boolean {
  if (!line.startsWith('#')) return false;
  const comments = language.lineComments.includes('#');
  if (begun && /^#{1,6} ?$/.test(line)) return line.trim().length > 1 || !line.endsWith(' ') || !comments;
  return (
    (comments ? /^#{2,6} [A-Z]/ : /^#{1,6} [A-Z]/).test(line) && !codeSigns.test(line.replace(/^#+/, ''))
  );
}

/** What is said to a user and hardly ever in a comment or a text. */
const chatter = {
  before:
    /^(?:(?:sure|certainly|of course|absolutely|okay|ok)[,.!]|here(?:['’]s| is| are) (?:the|your|a|how)\b.*(?:code|complet|continuation|snippet|line|block|missing|answer|version)|below is the|based on the (?:context|code|provided|given)|to complete the|i(?:(?:['’]ve| have) (?:completed|added|filled)|(?:['’]ll| will| would) (?:complete|continue|add|insert|fill|write|provide)\b)|the (?:completed?|missing|code (?:at|to|that))\b|you (?:can|could) (?:complete|use|add|fill|finish)|got it[.,!]|no problem[.,!]|here is what comes next|(?:continuing|completing|filling|inserting|adding) (?:the|this|from where|in)\b|(?:here|there) you go\b|as requested\b|my (?:suggestion|answer|completion)\b|let(?:['’]s| us|me) (?:complete|continue|finish|fill)\b|this is the (?:code|line|part|rest)\b|the (?:next (?:few )?lines?|answer|solution|result|suggestion) (?:is|are|should|would|will|could)\b|the most likely|(?:completion|answer|code|output):$)/i,
  after:
    /^(?:let me know|i hope|hope this|feel free|(?:\*\*)?explanation\b|this (?:code|line|snippet|completion|completes|block) |the (?:above )?code (?:above |completes|handles|assigns|calls|returns|checks|uses)|the above (?:code|line|snippet|function|method|implementation|solution|completion|change|example)|in this (?:snippet|code)|these changes|here, (?:the|we|i))/i,
};

/** True for a line that talks to the user, wherever it stands; `begun` if it may go on. */
export function isChatter(line: string, side: Side, begun = false): boolean {
  const plain = withoutMarkdown(line.trim()).replace(begun ? /[*_]+$/ : '', '');
  if (begun) {
    const foreign = side === 'before' && introducesForeign(plain, true);
    return foreign || /^[#>*_\-\d.)•"'(“«¡¿`]*$/.test(plain) || chatterBegun(plain, line, side);
  }
  if (side === 'before' && introducesForeign(plain)) return true;
  return chatter[side].test(plain) && (side === 'after' || /[:.!]$/.test(plain));
}

/** True for a line that may lead to a fence, wherever it stands. */
export function introduces(line: string): boolean {
  const plain = withoutMarkdown(line.trim());
  // A quoted name counts as "it" as well.
  if (/^it\b/i.test(plain)) return false;
  if (openers.test(plain) || introducesForeign(plain)) return true;
  // What begins otherwise has been shown before its end is there.
  return introducesForeign(plain, true) && isForeign(plain) && /[:：。]$/.test(plain);
}

/** The words that chatter begins with: until they and a few more are there, or others are, it is open what the line will be. */
const chatterWords = {
  before:
    'sure certainly of absolutely okay ok alright great got yes understood no here below the following this to based on given looking considering i let you we in since as complete completion answer output result response solution continuing continuation insert inserted completed missing code updated final my please assuming try use add completing filling inserting adding there'.split(
      ' ',
    ),
  after: 'let i hope feel explanation this the in these here'.split(' '),
};

function chatterBegun(plain: string, line: string, side: Side): boolean {
  const found = /^\*{0,2}([A-Za-z]*)/.exec(plain);
  const first = found?.[1]?.toLowerCase() ?? '';
  const whole = plain.length > (found?.[0].length ?? 0);
  if (!chatterWords[side].some((word) => (whole ? word === first : word.startsWith(first)))) return false;
  // What a backtick begins may count as one word when it ends.
  const words = (line.split('`')[0] ?? '').trimStart().split(/\s+/).length - 1;
  const begun = side === 'before' && first !== 'the' ? 3 : 5;
  return words < begun || chatter[side].test(plain) || (side === 'before' && openers.test(plain));
}

/** A label of the language: `default:`, `Exit:`. */
function isLabel(trimmed: string, language: Language): boolean {
  return language.preprocessor && /^\w+:$/.test(trimmed);
}

/** True for a line that begins with a comment mark of the language, or goes on within a block comment. */
export function isComment(trimmed: string, language: Language): boolean {
  if (language.lineComments.some((mark) => trimmed.startsWith(mark))) return true;
  return (
    language.blockComment !== undefined &&
    (/^\*(?!\*[\w"'(])/.test(trimmed) || trimmed.startsWith(language.blockComment[0]))
  );
}
