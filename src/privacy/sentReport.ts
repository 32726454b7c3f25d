import type { SentRequest } from './sent.ts';

/** “Show What Was Sent” as a Markdown document: where to, what was kept back and why, and the body to the letter. */
export function sentReport(sent: SentRequest | undefined): string {
  if (sent === undefined) return '# What was sent\n\nNothing has been sent in this session.\n';
  const fence = fenceFor(sent.body);
  return [
    '# What was sent',
    '',
    `${new Date(sent.at).toISOString()} · ${sent.method} ${sent.url}`,
    '',
    '## Kept back',
    '',
    ...keptBack(sent),
    '',
    '## Headers',
    '',
    ...sent.headers.map(([name, value]) => `- ${name}: ${value}`),
    '',
    '## Body',
    '',
    `${fence}json`,
    readable(sent.body),
    fence,
    '',
  ].join('\n');
}

function keptBack({ leftOut }: SentRequest): string[] {
  if (leftOut.length === 0) return ['Nothing was kept back from this request.'];
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
