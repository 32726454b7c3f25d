import type { Finding } from './finding.ts';

/**
 * The armour of PEM, OpenPGP and SSH2 blocks; the dashes and spaces vary between them. Certificates and public keys go the same way:
 * nobody completes them, and a rule without exceptions cannot be talked into one.
 */
const begin = /-{4,5} ?BEGIN [A-Za-z0-9 ]{2,60}?-{4,5}/g;
const end = /-{4,5} ?END [A-Za-z0-9 ]{2,60}?-{4,5}/g;

/** A line of encoded bytes, perhaps quoted, indented or commented as source code holds it. */
const encodedLine =
  /^[\s"'`+*#/>|,.\\n-]*([A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/]{1,75}={1,2})(?:\\[nr])*["'`+,;.)\s\\]*$/;
const fullLine = /^[\s"'`+*#/>|-]*[A-Za-z0-9+/]{60,80}(?:\\[nr])*["'`+,\s\\]*$/;

/** The bodies of key blocks, whole or cut at either end by the borders of the text. */
export function findKeyBlocks(text: string): Finding[] {
  const found: Finding[] = [];
  let done = 0;
  for (const opening of text.matchAll(begin)) {
    const start = opening.index + opening[0].length;
    if (start < done) continue;
    end.lastIndex = start;
    const closing = end.exec(text);
    const nextOpening = text.slice(start).search(/-{4,5} ?BEGIN /);
    const whole = closing !== null && (nextOpening < 0 || closing.index < start + nextOpening);
    done = whole ? closing.index : encodedUntil(text, start);
    const body = text.slice(start, done).replace(/\$?\{[^}]*\}/g, '');
    if (/[A-Za-z0-9+/=]{8,}/.test(body)) found.push({ start, end: done, kind: 'key block' });
  }
  for (const closing of text.matchAll(end)) {
    if (closing.index <= done || /BEGIN/.test(text.slice(done, closing.index))) continue;
    const from = encodedSince(text, closing.index);
    if (from < closing.index) found.push({ start: from, end: closing.index, kind: 'key block' });
  }
  return [...found, ...findUnarmoured(text), ...findHeadless(text)];
}

/** PuTTY's own format, where a counted number of lines follows, and Ansible's, which is lines of digits. */
function findUnarmoured(text: string): Finding[] {
  const blocks = /(?:Private-Lines: \d+|\$ANSIBLE_VAULT;[\w.;-]+)\s+((?:[A-Za-z0-9+/=]+\s*\n?)+)/g;
  return [...text.matchAll(blocks)].map((match) => {
    const body = match[1] ?? '';
    const start = match.index + match[0].length - body.length;
    return { start, end: start + body.length, kind: 'key block' };
  });
}

/** Lines from the middle of a block: three and more full lines of encoded bytes of one length. */
function findHeadless(text: string): Finding[] {
  const found: Finding[] = [];
  let run: { start: number; end: number; lines: number; width: number } | undefined;
  let at = 0;
  for (const line of text.split('\n')) {
    const continues = line.length >= 60 && fullLine.test(line);
    if (continues && run !== undefined && run.width === line.length)
      run = { ...run, end: at + line.length, lines: run.lines + 1 };
    else {
      if (run !== undefined && run.lines >= 3)
        found.push({ start: run.start, end: run.end, kind: 'key block' });
      run = continues ? { start: at, end: at + line.length, lines: 1, width: line.length } : undefined;
    }
    at += line.length + 1;
  }
  if (run !== undefined && run.lines >= 3) found.push({ start: run.start, end: run.end, kind: 'key block' });
  return found;
}

function encodedUntil(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    const line = text.slice(at, lineEnd);
    // The header's own line, armour headers (`Proc-Type: 4,ENCRYPTED`) and blank lines belong to the block.
    if (at !== start && line.trim() !== '' && !encodedLine.test(line) && !/^\W*[A-Z][\w-]+: /.test(line))
      break;
    if (newline < 0) return text.length;
    at = newline + 1;
  }
  return at > start ? at - 1 : start;
}

function encodedSince(text: string, end: number): number {
  let at = end;
  while (at > 0) {
    const lineStart = text.lastIndexOf('\n', at - 2) + 1;
    if (!encodedLine.test(text.slice(lineStart, at).replace(/\n$/, ''))) break;
    at = lineStart;
  }
  return at;
}
