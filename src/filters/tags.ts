import { cutTo, type Filter, isBlank } from './piece.ts';
import type { Place } from './place.ts';

/** Control tokens of the model families in prompt's table of templates and of the chat templates of their servers. */
const control =
  /<\|[\w▁ :-]{1,32}\|>|<｜[\w▁ :-]{1,32}｜>|<\/?(?:fim[_-](?:prefix|middle|suffix|pad)|file_sep|repo_name|filename|eos|bos|eod|pad|unk|extra_id_\d|turn\||EOT|EOS|PRE|SUF|MID|END|end_of_turn|start_of_turn|eot_id|CURSOR|FILL_HERE)>|<\/s>|<\[(?:fim|end|begin|pad|sep|PAD|SEP)[\w▁-]{0,24}\]>|(?<![\w\])])\[\/?(?:INST|CODE|PYTHON|JAVA|ANSWER|OUTPUT|COMPLETION|PREFIX|SUFFIX|MIDDLE|FILL|BLANK|END|DONE|EOS)\]|\[(?:DONE|EOS|\/INST|end of text)\](?=\s*$)|\{\{FILL_HERE\}\}|<<<?\/?[A-Z_]{3,20}>>>?|<\/?caret-\w{1,12}\s?\/?>|<\/?(?:cursor|caret)\s?\/?>|\[(?:CURSOR|CARET|cursor|caret)\]|\{\{(?:cursor|caret|CURSOR|CARET)\}\}|[█▌]/;

/** A control token stands in the text. */
export function hasControl(text: string): boolean {
  return control.test(text);
}

/** The marks of a caret among them: what follows is the answer to the letter. */
const caretMark = /^(?:<\/?(?:cursor|caret)|\[c|\{\{c|[█▌])/i;

/** Words of which the names of wrapping tags are made. */
const wrapper =
  /^(?:\w*[_-])?(?:completions?|complete|codeblock|code|answer|output|result|response|reply|solution|snippet|filled|fill|fim|middle|hole|gap|blank|insertion|inserted|insert|infill|missing|continuation|suggestion|replacement|content|final|text|body|cursor|caret|generated|fixed|new|updated)(?:[_-]?\w*)?$/i;

/** Whose turn it is, in the words of chat templates. */
const roles = ['assistant', 'model'];

/** Tags that comments have too. */
const documentation = /^(?:code|body|text|content|result|output)$/;

/** A tag at the start of the answer. */
const openingTag = /^\s*<([A-Za-z][\w:-]*)(?:\s[^<>\n]*)?>/;

/** The whole of a fill-in-the-middle prompt, said again before its answer. */
const fillBegins = /^\s*<(?:\|fim_(?:prefix|begin)\||fim[_-]prefix|PRE|｜fim▁begin｜)>/;
const fillMiddle = /<(?:\|fim_middle\||fim[_-]middle|MID|｜fim▁end｜)>/;

/** Takes off tags and control tokens around the code. */
export const tags: Filter = {
  name: 'tags',
  reason: 'nothing-answered',
  apply(piece, place) {
    let text = piece.text;
    if (fillBegins.test(text)) {
      const middle = fillMiddle.exec(text);
      if (middle === null && !piece.closed) return { ...piece, text: '' };
      if (middle !== null) text = text.slice(middle.index + middle[0].length);
    }
    const names: string[] = [];
    for (let head = headOf(text, place); head !== undefined; head = headOf(text, place)) {
      const rest = text.slice(head.length).trim();
      if (!piece.closed && head.name === undefined && roles.some((role) => role.startsWith(rest)))
        return { ...piece, text: '' };
      if (head.name !== undefined) names.push(head.name);
      text = text.slice(head.length);
    }
    const end = endOf(text, names, place);
    if (end >= 0) {
      // At the end of what is there so far, a tag may turn out to stand within a line.
      const waits =
        !piece.closed &&
        /^<\/[A-Za-z][\w:-]*>[ \t]*$/.test(text.slice(end)) &&
        !isNamed(text.slice(end), names);
      return waits ? { ...piece, text: text.slice(0, end) } : cutTo(text.slice(0, end), piece);
    }
    return piece.closed
      ? { ...piece, text }
      : { ...piece, text: text.slice(0, text.length - heldBack(text)) };
  },
};

/** The tag or control token that the text begins with. */
function headOf(text: string, place: Place): { length: number; name: string | undefined } | undefined {
  const start = /^\s*(?:<s>)?/.exec(text)?.[0].length ?? 0;
  const token = control.exec(text);
  const bos = text.slice(0, start).endsWith('<s>') ? start : 0;
  const length = token !== null && isBlank(text.slice(0, token.index)) ? token.index + token[0].length : bos;
  if (length > 0 && !isCode(text.slice(0, length).trim(), place)) {
    if (caretMark.test(text.slice(0, length).trim()) && !isBlank(place.linePrefix))
      return { length, name: undefined };
    const role = /^\s*(?:assistant|model)(?=\s|<\||$)/.exec(text.slice(length))?.[0].length ?? 0;
    const line = length + role + lineBreakAt(text, length + role);
    return { length: line > length + role ? line + lineBreakAt(text, line) : line, name: undefined };
  }
  const data = /^\s*<!\[CDATA\[/.exec(text)?.[0].length;
  if (data !== undefined) return { length: data + lineBreakAt(text, data), name: 'CDATA' };
  const tag = openingTag.exec(text);
  const name = tag?.[1];
  if (tag === null || name === undefined || isCode(`<${name}`, place)) return undefined;
  const lineBreak = lineBreakAt(text, tag[0].length);
  // A type's name in angle brackets follows a word, or is written like a type.
  if ((!wrapper.test(name) && name !== 'pre') || /^[A-Z][a-z]/.test(name)) {
    const elsewhere = place.language.markup || place.inside !== undefined || !isBlank(place.linePrefix);
    if (lineBreak === 0 || elsewhere) return undefined;
  }
  return { length: tag[0].length + lineBreak, name };
}

/** The length of white space up to and with a line break. */
function lineBreakAt(text: string, at: number): number {
  return /^[ \t]*\n/.exec(text.slice(at))?.[0].length ?? 0;
}

/** Where a control token, or the end of a tag, ends the code; -1 if nowhere. */
function endOf(text: string, names: readonly string[], place: Place): number {
  const ends: number[] = [];
  const token = control.exec(text);
  if (token !== null && !isCode(token[0], place)) ends.push(token.index);
  for (const name of names) {
    const at = text.indexOf(name === 'CDATA' ? ']]>' : `</${name}`);
    if (at >= 0) ends.push(at);
  }
  for (const orphan of text.matchAll(/<\/([A-Za-z][\w:-]*)>[ \t]*(?=\n|$)/g)) {
    const name = orphan[1] ?? '';
    if (!wrapper.test(name) || /^[A-Z][a-z]/.test(name) || isCode(`</${name}`, place)) continue;
    // In a comment it stands behind the comment's mark, or in from the margin.
    const alone = text.charAt(orphan.index - 1) === '\n';
    if (place.inside !== undefined && documentation.test(name) && !alone) continue;
    if (!`${place.linePrefix}${text.slice(0, orphan.index)}`.includes(`<${name}`)) ends.push(orphan.index);
  }
  return ends.length === 0 ? -1 : Math.min(...ends);
}

/** The tag that ends here is one that was opened. */
function isNamed(text: string, names: readonly string[]): boolean {
  return names.some((name) => text.startsWith(`</${name}`));
}

/** The most characters of a beginning that is held back. */
const longestBegun = 40;

/** How many characters at the end may be the beginning of a tag or control token. */
function heldBack(text: string): number {
  const lead = /^\s*<[A-Za-z][\w:-]*>[ \t]+$/.exec(text);
  if (lead !== null) return lead[0].length;
  // None of them is longer, or goes on behind the end of a line.
  const end = text.slice(Math.max(text.lastIndexOf('\n') + 1, text.length - longestBegun));
  const begun =
    /(?:<(?:[|｜/[<!]{0,2}[\w▁ :-]{0,32}[|｜\]>[/]?)?|\]\]?|\[\/?(?:[A-Z]{0,10}|[a-z]{0,6})|\[e?n?d?(?: o?f?(?: t?e?x?t?)?)?|\{\{?[A-Za-z_]{0,9}\}?)$/.exec(
      end,
    );
  return begun?.[0].length ?? 0;
}

/** Where text is written, or tags are code, a tag that the document holds belongs to it. */
function isCode(token: string, place: Place): boolean {
  const text = place.site.snapshot.text;
  if (
    place.site.zone === 'code' &&
    place.inside === undefined &&
    !place.language.markup &&
    token.startsWith('<')
  ) {
    return /^<[|｜]/.test(token) && text.includes(token);
  }
  return text.includes(token);
}
