import { type Filter, isBlank } from './piece.ts';
import type { Place } from './place.ts';

/** Control tokens of the model families in prompt's table of templates and of the chat templates of their servers. */
const control =
  /<\|[^|<>\n]{1,32}\|>|<｜[^｜<>\n]{1,32}｜>|<\/?(?:fim[_-](?:prefix|middle|suffix|pad)|file_sep|repo_name|filename|s|eos|bos|pad|unk|EOT|PRE|SUF|MID|end_of_turn|start_of_turn|eot_id|CURSOR|FILL_HERE)>|<\[[\w▁-]{1,32}\]>|\[\/?INST\]|\[(?:PREFIX|SUFFIX|MIDDLE)\]|\{\{FILL_HERE\}\}|<\/?caret-\w{1,12}\s?\/?>/i;

/** Words of which the names of wrapping tags are made. */
const wrapper =
  /^(?:\w*[_-])?(?:completion|complete|code|codeblock|answer|output|result|response|reply|solution|snippet|fill|filled|fim|middle|hole|gap|blank|insert|insertion|inserted|infill|missing|continuation|suggestion|replacement|content|final|text|body|cursor|caret)(?:[_-]?\w*)?$/i;

/** A tag at the start of the answer. */
const openingTag = /^\s*<([A-Za-z][\w:-]*)(?:\s[^<>\n]*)?>[ \t]*/;

/** Takes off tags and control tokens around the code. */
export const tags: Filter = {
  name: 'tags',
  reason: 'nothing-answered',
  apply(piece, place) {
    let text = piece.text;
    let closed = piece.closed;
    const names: string[] = [];
    for (let head = headOf(text, place); head !== undefined; head = headOf(text, place)) {
      if (head.name !== undefined) names.push(head.name);
      text = text.slice(head.length);
    }
    const end = endOf(text, names, place);
    if (end >= 0) {
      text = text.slice(0, end);
      closed = true;
    }
    if (!closed) text = text.slice(0, text.length - heldBack(text));
    return { text, closed };
  },
};

/** The tag or control token that the text begins with. */
function headOf(text: string, place: Place): { length: number; name: string | undefined } | undefined {
  const token = control.exec(text);
  if (token !== null && isBlank(text.slice(0, token.index)) && !isKnown(token[0], place)) {
    const lineBreak = /^[ \t]*\n/.exec(text.slice(token.index + token[0].length));
    return { length: token.index + token[0].length + (lineBreak?.[0].length ?? 0), name: undefined };
  }
  const tag = openingTag.exec(text);
  const name = tag?.[1];
  if (tag === null || name === undefined || /[\w.]$/.test(place.linePrefix) || isKnown(`<${name}`, place)) {
    return undefined;
  }
  const alone = text[tag[0].length] === '\n';
  if (!wrapper.test(name) && (!alone || place.language.markup)) return undefined;
  return { length: tag[0].length + (alone ? 1 : 0), name };
}

/** Where a control token, or the end of a tag that was opened, ends the code; -1 if nowhere. */
function endOf(text: string, names: readonly string[], place: Place): number {
  const ends: number[] = [];
  const token = control.exec(text);
  if (token !== null && !isKnown(token[0], place)) ends.push(token.index);
  for (const name of names) {
    const at = text.indexOf(`</${name}`);
    if (at >= 0) ends.push(at);
  }
  const orphan = /(?:^|\n)[ \t]*<\/([A-Za-z][\w:-]*)>[ \t]*(?=\n|$)/.exec(text);
  if (orphan !== null && wrapper.test(orphan[1] ?? '') && !isKnown(`</${orphan[1]}`, place)) {
    ends.push(orphan.index);
  }
  return ends.length === 0 ? -1 : Math.min(...ends);
}

/** How many characters at the end may be the beginning of a tag or control token. */
function heldBack(text: string): number {
  const begun = /\n?[ \t]*(?:<(?:[|｜/[]?[\w▁ :-]{0,32}[|｜\]]?)?|\[\/?[A-Z]{0,6}|\{\{?[A-Z_]{0,9}\}?)$/.exec(
    text,
  );
  if (begun === null) return 0;
  return isBlank(begun[0]) ? 0 : begun[0].length;
}

/** The document holds it: here it is code. */
function isKnown(token: string, place: Place): boolean {
  return place.site.snapshot.text.includes(token);
}
