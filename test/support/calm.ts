import type { Circumstances } from '../../src/core/ask.ts';

/** A moment in which nothing stands in the way of a suggestion. */
export const calm: Circumstances = {
  unsuitable: false,
  selecting: false,
  cursors: 1,
  caretMoved: false,
  popupDisagrees: false,
  tooLarge: false,
  paused: false,
};
