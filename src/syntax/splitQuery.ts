/** A language's patterns by who asks them. Compiling takes time by the number of patterns, running as well: nobody pays for others. */
export interface QueryParts {
  readonly places: string;
  readonly names: string;
  readonly types: string;
}

/** Sorts the patterns of a query file by their captures. */
export function splitQuery(text: string): QueryParts {
  const parts = { places: '', names: '', types: '' };
  for (const pattern of patternsOf(text)) {
    if (/@(?:scope|comment|string|code)\b/.test(pattern)) parts.places += pattern;
    else if (/@typed\b/.test(pattern)) parts.types += pattern;
    else parts.names += pattern;
  }
  return parts;
}

/** The top-level patterns, each with the captures behind it. */
function patternsOf(text: string): string[] {
  const patterns: string[] = [];
  let depth = 0;
  // A string, a comment, a bracket, or a run of anything else.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|;[^\n]*|[()[\]]|[^"();[\]]+/g)) {
    if (token.startsWith(';')) continue;
    const opens = token === '(' || token === '[';
    if (opens && depth === 0) patterns.push('');
    if (opens) depth++;
    else if (token === ')' || token === ']') depth--;
    if (patterns.length > 0) patterns.push(`${patterns.pop()}${token}`);
  }
  return patterns;
}
