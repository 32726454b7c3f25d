export { createBuiltinBackend } from './backend.ts';
export type { LearnedText } from './memory.ts';
export type { FromIndexer, ToIndexer } from './messages.ts';
export type { Prediction, Query } from './prediction.ts';
export { createPredictor, type Predictor } from './predictor.ts';
export { connectPredictor } from './remote.ts';
