import { type Filter, isBlank } from './piece.ts';

/** Takes away white space at the end, but for the line break that text right of the caret stands on. */
export const trailing: Filter = {
  name: 'trailing',
  reason: 'nothing-answered',
  apply(piece, place) {
    const end = piece.text.trimEnd();
    if (!piece.closed || piece.replace !== undefined)
      return { ...piece, text: piece.closed ? end : piece.text.slice(0, heldBack(piece.text)) };
    const rest = /\n[ \t]*$/.exec(piece.text);
    if (rest !== null && !isBlank(place.lineSuffix) && end !== '') {
      return {
        ...piece,
        text: end + piece.text.slice(end.length).slice(piece.text.slice(end.length).lastIndexOf('\n')),
      };
    }
    return { ...piece, text: end };
  },
};

/** White space at the end of an open piece is shown once something visible follows. */
function heldBack(text: string): number {
  return text.trimEnd().length;
}
