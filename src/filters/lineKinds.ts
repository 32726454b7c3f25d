import { withoutComment } from './continuation.ts';
import { isComment } from './english.ts';
import type { Place } from './place.ts';
import { scan } from './scan.ts';

/** The head of a method in Python. */
export function isMethod(text: string): boolean {
  return /^(?:async )?def \w+\((?:self|cls)\b/.test(text);
}

/** The beginning of a member of a class, in languages whose members say who may use them. */
export function isMember(text: string, { language }: Place): boolean {
  return (
    !language.offside &&
    !language.preprocessor &&
    /^(?:public|private|protected|@Override\b|@Deprecated\b)(?![\w:(])/.test(text)
  );
}

/** A line of the preprocessor stands where it likes. */
export function isDirective(line: string, place: Place): boolean {
  return place.language.preprocessor && line.trimStart().startsWith('#');
}

/** A label that stands at its block's own column. */
export function isLabel(text: string, { language }: Place): boolean {
  return !language.offside && /^(?:case\b|default:|public:|private:|protected:|\w+:$)/.test(text);
}

/** A label of C's that jumps lead to. */
export function isGotoLabel(line: string, { language }: Place): boolean {
  return language.preprocessor && /^\s*(?!default\b)\w+:\s*$/.test(line);
}

/** The line leaves a bracket open. */
export function isOpen(line: string, place: Place): boolean {
  return scan(line, place.language, place.inside).open.length > 0;
}

/** The line opens a block that the next line stands in. */
export function opensBlock(line: string, place: Place): boolean {
  const end = withoutComment(line, place).trimEnd();
  if (isComment(end.trimStart(), place.language)) return false;
  return /[{([]$|=>$|^\s*(?:case\b.*|default):$/.test(end) || (place.language.offside && end.endsWith(':'));
}

/** The beginning of a function, type or directive at the top of a file. */
export function beginsDefinition(text: string): boolean {
  // A variable of a function's body.
  if (/^(?:final|static)\b/.test(text) && !/\b(?:class|interface|enum|record)\b|^[^=]*\(/.test(text))
    return false;
  return /^(?:(?:export|public|private|protected|static|async|abstract|final|extern|inline)\b|def\b|class\b|func\b|fn\b|function\b|type\b|struct\b|interface\b|enum\b|impl\b|import\b|from\b|typedef\b|union\b|namespace\b|template\b|package\b|#|@|if __name__)(?! ?[=,)[]|\.|->)/.test(
    text,
  );
}

/** A condition or loop without a brace, in languages that have braces: one statement belongs to it. */
export function opensStatement(line: string, place: Place): boolean {
  if (place.language.offside || !/^\s*(?:\} )?(?:else|(?:else )?(?:if|for|while) ?\(.*\))$/.test(line))
    return false;
  const { open, surplus } = scan(line.replace(/^\s*\}/, ''), place.language);
  return open.length === 0 && surplus.length === 0;
}

/** The head of a function in C at the margin: words for its type, or these alone on their line. */
export function beginsFunction(text: string, { language }: Place): boolean {
  return (
    language.preprocessor &&
    /^(?:static(?: [\w* ]+)?|(?!return\b|else\b|goto\b)(?:[A-Za-z_]\w*[ *]+)+[A-Za-z_]\w*\([^;=]*)$/.test(
      text,
    )
  );
}
