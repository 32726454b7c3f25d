import type { SentRequest } from './sent.ts';

/** Translates a heading or a sentence. */
type Translate = (english: string) => string;

/** “Show What Was Sent” as a Markdown document: where to, what was kept back and why, and the body to the letter. */
export function sentReport(sent: SentRequest | undefined, t: Translate): string {
  const title = `# ${t('What was sent')}`;
  if (sent === undefined) return `${title}\n\n${t('Nothing has been sent in this session.')}\n`;
  const fence = fenceFor(sent.body);
  return [
    title,
    '',
    `${new Date(sent.at).toISOString()} · ${sent.method} ${sent.url}`,
    '',
    `## ${t('Kept back')}`,
    '',
    ...keptBack(sent, t),
    '',
    `## ${t('Headers')}`,
    '',
    ...sent.headers.map(([name, value]) => `- ${name}: ${value}`),
    '',
    `## ${t('Body')}`,
    '',
    `${fence}json`,
    readable(sent.body),
    fence,
    '',
  ].join('\n');
}

function keptBack({ leftOut }: SentRequest, t: Translate): string[] {
  if (leftOut.length === 0) return [t('Nothing was kept back from this request.')];
  const counts = new Map<string, number>();
  for (const { path, what, why } of leftOut) {
    const line = `${plain(path)}: ${plain(what)} (${plain(why)})`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => `- ${line}${count > 1 ? ` × ${count}` : ''}`);
}

/** Pretty where it is JSON, which changes white space between values alone. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}

/** A fence that the text cannot close. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}

/** A path is a stranger's text: no Markdown of its own. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]()<>#!|\n\r]/g, (sign) => (/[\n\r]/.test(sign) ? ' ' : `\\${sign}`));
}
