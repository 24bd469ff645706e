export { convolutionScratch, convolve, convolveBackpropFilter, convolveBackpropInput } from './convolution';
export { depthwiseBackpropFilter, depthwiseBackpropInput, depthwiseConvolve } from './depthwise';
export { gemm } from './gemm';
export { setGeometry } from './geometry';
export { maxPoolBackprop } from './max-pool';

import { GEMM_SCRATCH } from './gemm';

export function gemmScratch(): usize {
  return GEMM_SCRATCH;
}
