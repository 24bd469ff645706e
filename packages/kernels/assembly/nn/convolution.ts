import { gemm, GEMM_SCRATCH } from './gemm';
import { batch, channels, inHeight, inWidth, outHeight, outWidth, windowHeight, windowWidth } from './geometry';
import { gatherPatches, scatterPatches } from './patches';

// Output positions whose patches are in memory at once. Results do not depend on it: rows are independent, and sums
// over positions continue from block to block in order.
const POSITIONS: i32 = 512;

@inline
function patchSize(): i32 {
  return windowHeight * windowWidth * channels;
}

@inline
function positionCount(): i32 {
  return batch * outHeight * outWidth;
}

/** Bytes of scratch memory that the convolutions need for patches of this many numbers. */
export function convolutionScratch(numbersInPatch: i32): usize {
  return GEMM_SCRATCH + (<usize>(POSITIONS * numbersInPatch) << 2);
}

/** `y = activation(patches(x) filter + bias)`; filter is [windowHeight, windowWidth, channels, outChannels]. */
export function convolve(
  x: usize, filter: usize, bias: usize, activation: i32, alpha: f32, y: usize, outChannels: i32, scratch: usize,
): void {
  const size = patchSize();
  const count = positionCount();
  const patches = scratch + GEMM_SCRATCH;
  for (let first = 0; first < count; first += POSITIONS) {
    const last = min(first + POSITIONS, count);
    gatherPatches(x, first, last, patches);
    gemm(last - first, outChannels, size, patches, size, 1, filter, outChannels, 1,
      y + (<usize>(first * outChannels) << 2), outChannels, false, bias, activation, alpha, scratch);
  }
}

/** Gradient of `convolve` with respect to x, which is also the transposed convolution of `dy`. */
export function convolveBackpropInput(dy: usize, filter: usize, dx: usize, outChannels: i32, scratch: usize): void {
  const size = patchSize();
  const count = positionCount();
  const patches = scratch + GEMM_SCRATCH;
  memory.fill(dx, 0, <usize>(batch * inHeight * inWidth * channels) << 2);
  for (let first = 0; first < count; first += POSITIONS) {
    const last = min(first + POSITIONS, count);
    gemm(last - first, size, outChannels, dy + (<usize>(first * outChannels) << 2), outChannels, 1,
      filter, 1, outChannels, patches, size, false, 0, 0, 0, scratch);
    scatterPatches(patches, first, last, dx);
  }
}

/** Gradient of `convolve` with respect to the filter. */
export function convolveBackpropFilter(x: usize, dy: usize, dFilter: usize, outChannels: i32, scratch: usize): void {
  const size = patchSize();
  const count = positionCount();
  const patches = scratch + GEMM_SCRATCH;
  memory.fill(dFilter, 0, <usize>(size * outChannels) << 2);
  for (let first = 0; first < count; first += POSITIONS) {
    const last = min(first + POSITIONS, count);
    gatherPatches(x, first, last, patches);
    gemm(size, outChannels, last - first, patches, 1, size, dy + (<usize>(first * outChannels) << 2), outChannels, 1,
      dFilter, outChannels, true, 0, 0, 0, scratch);
  }
}
