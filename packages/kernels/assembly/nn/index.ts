export { activationGradient } from './activation-gradient';
export { binary } from './binary';
export { giveRoom, roomBytes } from './constants';
export { convolve, convolveScratch } from './convolution';
export { backpropFilterScratch, convolveBackpropFilter } from './convolution-filter';
export { backpropInputScratch, convolveBackpropInput } from './convolution-input';
export { depthwiseBackpropFilter, depthwiseBackpropInput, depthwiseConvolve } from './depthwise';
export { clip, fill } from './elementwise';
export { gemm, gemmPacked } from './gemm';
export { setGeometry } from './geometry';
export { max } from './max';
export { maxPoolBackprop } from './max-pool';
export { normalRows, uniformRows } from './noise';
export { adam, adamax, momentum, nesterov, rmsprop, sgd } from './optimizers';
export { packRight } from './packed';
export { sum } from './sum';
export { setWide } from './tile';
export { unary } from './unary';
export { bernoulliBackprop, bernoulliFromLogits } from './variational';

import { GEMM_SCRATCH } from './gemm';

export function gemmScratch(): usize {
  return GEMM_SCRATCH;
}
