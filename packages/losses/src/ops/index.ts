export { add, multiply, scale, subtract } from './arithmetic.ts';
export { createGate, type Gate } from './gate.ts';
export { logSumExp, softmax, sum } from './reduce.ts';
export { repeatRows } from './repeat-rows.ts';
export { reshape } from './reshape.ts';
export { select } from './select.ts';
export { stopGradient } from './stop-gradient.ts';
export { straightThrough } from './straight-through.ts';
export { type ValueAndGradient, withGradient } from './with-gradient.ts';
