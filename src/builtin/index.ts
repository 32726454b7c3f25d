export { createBuiltinBackend } from './backend.ts';
export type { LearnedText } from './memory.ts';
export type { FromIndexer, IndexedFolder, ToIndexer } from './messages.ts';
export type { Prediction, Query } from './prediction.ts';
export { createPredictor, type Figures, finish, type Predictor, type Sliced } from './predictor.ts';
export { connectPredictor, type Line, type RemotePredictor } from './remote.ts';
