/**
 * Completion from the user's own code, without a model.
 *
 * - Text becomes tokens (scan), each a number (vocabulary); line breaks carry the step of indentation (indentation).
 * - A trail is a sequence of tokens in which earlier places with the same context are found at once. There are three: the
 *   workspace (memory), the file above the caret (live) and below it (below).
 * - At each step of a run, those places vote for what came next, by equal words or by equal shape with names bound anew
 *   (recall, rename), words by their first letters (family) and by what they follow elsewhere (pairs); a small network judges the best (describe, network, prior).
 * - Of the places where the run may end, the one that saves most for its risk is shown (choose), if it fits what stands after the
 *   caret (fitting) and was not typed past already (attempts). What is typed next corrects the likelihoods (form, calibration).
 * - In the extension all of it lives in a worker thread, `src/indexer.ts`: main and worker talk by messages (remote, messages),
 *   and a librarian keeps the memory in line with the disk. A question costs some 0.1 ms more than in the same thread, but no key
 *   ever waits for indexing, and the extension host's heap stays small.
 */
export { createBuiltinBackend } from './backend.ts';
export type { LearnedText } from './memory.ts';
export type { FromIndexer, ToIndexer } from './messages.ts';
export type { Prediction, Query } from './prediction.ts';
export { createPredictor, type Predictor } from './predictor.ts';
export { connectPredictor } from './remote.ts';
