/**
 * What may stand between a secret's name and its value. Every expression is tried at the end of the name; code of many languages, data and
 * prose are in one list, because a prompt mixes them. A stranger's file must not stop the editor: what may be white space never stands beside
 * what may be white space too, so that each expression fails in one pass.
 */

/** A value after a secret's name. */
export interface Value {
  readonly start: number;
  readonly text: string;
  readonly quoted: boolean;
  /** Only what looks drawn at random is a secret here. */
  readonly surely: boolean;
}

const quote = '["\'`]';

/** Where the name's own quotes and brackets end. */
const nameEnd = `\\\\?${quote}?[\\])]?`;

/** Functions that are given the value itself; what others are given is often the value's name. */
const wrappers =
  '(?:new\\s+)?(?:\\[\\]byte|String::from|(?:\\w+\\.)?(?:String|Str|Buffer\\.from|bytes?|byteArrayOf|Some|Just|Ok|of|b64decode|\\w*(?:Secret|Password|Credential|Redacted|Sensitive)\\w*(?:\\.of|::new)?))\\(';

/** What a declaration says of a value before the value itself. */
const linesBetween =
  '(?:["\']?(?:description|type|required|secret|sensitive|format|title)["\']?\\s*[:=][^\\n]{0,120}\\n\\s*){0,3}';

const quotedAfter = new RegExp(
  `(?:${[
    // <add key="name" value="…"/>, - name: NAME ⏎ value: "…", { name: 'x', value: '…' }, variable "name" { default = "…" }
    `\\\\?${quote}?(?:\\s+[\\w:-]+=["'][^"'\\n]{0,60}["']){0,4}(?:\\s*,)?(?:\\s*[{:])?\\s*${linesBetween}["']?(?:default_?)?(?:value|default|content|example)["']?\\s*[:=]\\s*`,
    // name: string = "…", name []byte = "…", name[] = "…", Name { get; set; } = "…"
    `${nameEnd}\\s*(?:!?:\\s*[&A-Za-z][\\w.<>\\[\\]|&' ?]{0,40}?|\\[[^\\]\\n]{0,20}\\]|\\{[^{}\\n"']{0,60}\\}|\\s[*\\w.\\[\\]]{1,30})\\s*=\\s*`,
    // name = "…", "name": "…", name := "…", [name] => "…", Name("…"), name, "…", name or "…"
    `${nameEnd}\\s*(?:=>|:=|[=:!]=?=?|\\?\\?=?|\\|\\|=?|\\?:|,|\\(|<-|\\bor\\b)\\s*(?:\\\\\\r?\\n\\s*)?(?:[({\\[]{1,2}\\s*)?`,
    // -Name Password -Value "…"
    `\\s+-Value\\s+`,
    // expect(user.name).toBe("…")
    `[\\w.\\])]{0,40}\\)(?:\\.(?:not|to|should|and|is))*\\.(?:to|be|is|should)?_?(?:be|eql?|equals?|strictEqual|match|contain|(?:Be|Equal|StrictEqual|EqualTo|Match|Contain|HaveValue)\\w*)\\(\\s*`,
    // password "…" (Ruby, HCL, nginx), PASSWORD '…' (SQL), IDENTIFIED BY '…', the `name` is `…`
    `${nameEnd}\\s+(?:with\\s+|to\\s+|as\\s+|is\\s+|by\\s+)?`,
  ].join(
    '|',
  )})(?:(?:await\\s+)?${wrappers}|(?:[fbrLu@$]{1,2}|((?:await\\s+|new\\s+)?[\\w.$:]{1,40}\\()))?(\\\\?(?:"""|'''|["'\`]))`,
  'y',
);

/** The next literal in the line, whatever is between: the name's type, a choice, a call. */
const gapAfter = new RegExp(
  `${nameEnd}(?:[^"'\`\\n;<>]|<%=?){0,60}?(?:[=:({?,\\[]|\\bto|\\bor|\\|\\|)[ \\t]{0,40}[@fbrLu]{0,2}(\\\\?["'\`])`,
  'y',
);

/** A literal that the name comes after: `"…".equals(name)`, `"…" === name`, `return "…"; // name`, `Type '"…"' is not assignable to type 'Name'`. */
const literalBefore =
  /(["'`])((?:(?!\1)[^\s"'`]){12,})\1["'`]?(?:\.equals(?:IgnoreCase)?\(|\s*[!=]==?\s*|\)?[;,]?\s*(?:\/\/|#)[^\n"'`]{0,30}|\s+is not assignable to [^\n]{0,30}["']|,\s*\w+:\s*["'])[\w.[\]]{0,40}$/;
const reachBefore = 200;

const bareAfter = new RegExp(
  `(?:${[
    // <name>…</name>, <string name="name">…</string>, <key>name</key> <string>…</string>
    `["']?[^<>\\n"':=]{0,20}(?:\\s[\\w:-]+=["'][^<>\\n"']{0,40}["']){0,3}>\\s*(?:<(?:[Vv]alue|string|data)>\\s*|<!\\[CDATA\\[)?`,
    `</\\w+>\\s*<\\w+>\\s*`,
    // - name: NAME ⏎ value: …
    `${quote}?(?:\\s*:)?\\s*${linesBetween}(?:value|default|example):[ \\t]*`,
    // name: >- ⏎ …
    `:[ \\t]*[>|][-+]?[ \\t]*\\r?\\n[ \\t]+`,
    // NAME=…, name: …, name => …, --name=…, name%3D…, | name | … |
    `${nameEnd}[ \\t]*(?:=>|[:?+]=|[=:|]|%3D|:-)[ \\t]*(?:(?:Bearer|Basic|Token|Digest|ApiKey|AWS4-HMAC-SHA256)[ +]|%20)?`,
    // Bearer …, --password …, ENV NAME …, machine x password …
    `[ \\t]+(?:[057][ \\t]+)?`,
  ].join('|')})`,
  'y',
);

/** Prose between a name and its value, as in comments: “the old token was …”. */
const looseAfter = /["'`)]?(?:[ \t]*[:=|])?(?:[ \t]+[(]?[a-z]{1,12}){0,4}(?:[ \t]*[:=|])?[ \t]+["'`(<]?/y;

/** Values are looked at up to so many characters: longer ones are data, or told by their form. */
const longestValue = 1_000;
const bareValue = /[^\s"'`<>&;,(){}[\]\\|]{1,1000}/y;
const elementText = /(?:(?!\]\]>)[^<>\n]){1,1000}/y;
const restOfLine = /(?:(?!<\/|["'`]\s*[,;)\]}>]*[ \t]*\r?$)\S){1,1000}/my;

/** The literal after a name. */
export function quotedValue(text: string, from: number): Value | undefined {
  quotedAfter.lastIndex = from;
  const match = quotedAfter.exec(text);
  const [, call, mark] = match ?? [];
  if (match === null || mark === undefined) return undefined;
  const start = from + match[0].length;
  const end = closingQuote(text, start, mark);
  return end <= start
    ? undefined
    : { start, text: text.slice(start, end), quoted: true, surely: call !== undefined };
}

/** Literals looked at in a line after a name. */
const mostInLine = 4;

/** The literals that follow a name in its line. */
export function literalsInLine(text: string, from: number): Value[] {
  const values: Value[] = [];
  for (let at = from; values.length < mostInLine; ) {
    gapAfter.lastIndex = at;
    const match = gapAfter.exec(text);
    if (match === null) break;
    const start = at + match[0].length;
    const end = closingQuote(text, start, match[1] ?? '');
    if (end > start) values.push({ start, text: text.slice(start, end), quoted: true, surely: false });
    at = end;
  }
  return values;
}

/** The literal that a name stands behind. */
export function literalBeforeName(text: string, nameStart: number): Value | undefined {
  const from = Math.max(0, nameStart - reachBefore);
  const before = text.slice(text.lastIndexOf('\n', nameStart - 1) + 1 || from, nameStart).slice(-reachBefore);
  const match = literalBefore.exec(before);
  const literal = match?.[2];
  if (match === null || literal === undefined) return undefined;
  return { start: nameStart - before.length + match.index + 1, text: literal, quoted: true, surely: true };
}

/** The value after a name that has no quotes, as in shells, YAML and XML. */
export function bareValueAfter(text: string, from: number): Value | undefined {
  return valueAfter(text, from, bareAfter);
}

/** The value after a name and some words. */
export function looseValueAfter(text: string, from: number): Value | undefined {
  return valueAfter(text, from, looseAfter);
}

function valueAfter(text: string, from: number, connectors: RegExp): Value | undefined {
  connectors.lastIndex = from;
  const connector = connectors.exec(text)?.[0];
  if (connector === undefined) return undefined;
  const start = from + connector.length;
  const value = withoutStops(wholeValue(text, start, connector) ?? run(bareValue, text, start));
  return value === '' ? undefined : { start, text: value, quoted: false, surely: false };
}

/** A sentence's end is no part of its last word. */
function withoutStops(value: string): string {
  let end = value.length;
  while (end > 0 && '.,:'.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(0, end);
}

/** A value with signs that end one elsewhere: an element's text, and the rest of a line of an environment, Docker or YAML file. */
function wholeValue(text: string, start: number, connector: string): string | undefined {
  if (/>\s*$/.test(connector)) return connector.includes('=>') ? undefined : run(elementText, text, start);
  if (
    !/^["']?(?:[ \t]*[:?+]?=[ \t]*|:[ \t]+|[\s\S]*(?:value|default|example):[ \t]*|:[\s\S]*\n[ \t]+|[ \t]+)$/.test(
      connector,
    )
  )
    return undefined;
  const value = run(restOfLine, text, start);
  const isCode = /^[\w.]*\(.*\)[;,]*$|[;,{([]$|^[[{(]/.test(value);
  return !isCode && fillsLine(text, start, value.length) ? value : undefined;
}

const longestBefore = 200;

/** True where a bare value is text and not code: `NAME=value` and `name: value` that fill their line, and `--name value`. */
export function fillsLine(text: string, start: number, length: number): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  // Farther on in a long line nothing is an assignment that fills it.
  const before =
    start - lineStart > longestBefore
      ? `…${text.slice(start - longestBefore, start)}`
      : text.slice(lineStart, start);
  const after = text.slice(start + length, start + length + 20);
  if (/^[ \t]*(?:[(.[]|=>)/.test(after)) return false;
  if (
    /(?:^|[\s?&;"'])--?[\w-]+(?:=[\w.-]+)?[= ]$|--set(?:-\w+)?[ =][\w.]+=$|[?&;"'][\w .-]+=$|>\s*$/.test(
      before,
    )
  )
    return true;
  if (!/^[.,:]?[ \t]*(?:[#;].*)?(?:\r?\n|$)/.test(after)) return false;
  return (
    /^[ \t#/*+-]*(?:export |set |setx |ENV |ARG |- )?["']?[\w.-]+["']?(?:=|:[ \t]+|[ \t]*[:?+]?=[ \t]*(?=$))$/.test(
      before,
    ) ||
    /^[ \t]*(?:ENV|ARG|setenv|set -\w+)[ \t]+\w+[ \t]+$|^[ \t]*(?:#|\/\/|--|;|\*)[\w \t.-]+[=:][ \t]*$/.test(
      before,
    )
  );
}

function closingQuote(text: string, start: number, mark: string): number {
  const quoteCode = mark.charCodeAt(mark.length - 1);
  const most = Math.min(text.length, start + longestValue);
  for (let at = start; at < most; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) return at;
    if (code === quoteCode) return mark.length === 2 ? at - 1 : at;
    if (code === 92 && mark.length === 1) at += 1;
  }
  return most;
}

function run(pattern: RegExp, text: string, start: number): string {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0] ?? '';
}
