export { type DifferenceOptions, describeDifference } from './describe-difference.ts';
export { METHODS, mapAndHash } from './map-and-hash.ts';
export { RECIPES, STEPS, type Trace, trainAndHash } from './train-and-hash.ts';
