import { isBlank } from './piece.ts';
import type { Place } from './place.ts';

/** What a model sets around the name of a file: a heading, a label, emphasis, a comment, the form of our own prompt. */
const around =
  /^\s*(?:#{1,6} +|\/\/ *|# *|-- *|\/\* *)?(?:\*\*|`)?(?:(?:File(?:name| name)?|Path): *)?(?:\*\*|`)*([\w./\\@+-]+?)(?:\*\*|`)*(?: \([\w+#]+(?:, [^()\n]*)?\))?:?(?:\*\*|`)?(?: *\*\/)?\s*$/;

/** The line of our own prompt that says what to write. */
const request = /^Insert at (?:<?caret-\w+\/?>?): (?:rest of line|block\b.*)$/;

/** True for a line that only names the document's file, in what is not the top of it, or that repeats what the prompt asks for. */
export function namesFile(line: string, place: Place): boolean {
  if (request.test(line.trim())) return true;
  const name = around.exec(line)?.[1];
  return name !== undefined && isOwn(name, place) && place.above.some((other) => !isBlank(other));
}

/** True for a line that names some file and cannot be code, as a title does. */
export function isFileTitle(line: string, place: Place): boolean {
  const name = around.exec(line)?.[1] ?? '';
  return /\.\w{1,5}$/.test(name) && (isOwn(name, place) || /^\s*(?:#{2,6} |\*\*|File|Path)/.test(line));
}

/** Whether a line that is not whole may become one of them. */
export function mayNameFile(line: string, place: Place): boolean {
  const begun = line.trimStart();
  if (begun === '' || 'Insert at '.startsWith(begun) || begun.startsWith('Insert at ')) return true;
  if (
    /^(?:\*{1,2}|`|#{1,6}|\/{1,2}|--?|\/\*) *$/.test(begun) ||
    /^(?:\*\*|#{2,6} )[\w./\\@+-]*\**:?$/.test(begun)
  )
    return true;
  if ('Filename:'.startsWith(begun) || 'File name:'.startsWith(begun) || 'Path:'.startsWith(begun))
    return true;
  if (/^(?:File(?:name| name)?|Path): *[\w./\\@+-]*:?$/.test(begun)) return true;
  const name = begun.replace(
    /^(?:#{1,6} +|\/\/ *|# *|-- *|\/\* *)?(?:\*\*|`)?(?:(?:File(?:name| name)?|Path): *)?(?:\*\*|`)*/,
    '',
  );
  return names(place).some((own) => own.startsWith(name) || name.startsWith(own));
}

function isOwn(name: string, place: Place): boolean {
  return names(place).includes(name);
}

/** The document's path and the last part of it. */
function names({ site }: Place): readonly string[] {
  const { path } = site.snapshot;
  return [path, path.split('/').at(-1) ?? path].filter((name) => name.includes('.'));
}
