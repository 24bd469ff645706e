import { multiplyWindows, packedFilter, patchSize, POSITIONS, windowAddresses, windowWork } from './convolution';
import { addRun } from './copy';
import { finishRows, setEpilogue } from './epilogue';
import { gemm, GEMM_SCRATCH } from './gemm';
import {
  batch, channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';
import { packPanel } from './pack';
import { scatterPatches } from './patches';
import { ROWS, tileColumns } from './tile';

/** From so many channels on, each pixel gathers what it gets; below, each window scatters what it gives. */
export const GATHERED_CHANNELS: i32 = 8;
// Positions whose patches are in memory at once when scattering; results do not depend on it.
const SCATTERED: i32 = 512;
// A tap of a class of pixels: its place in the window, and the distance in lines and columns of dy.
const TAP_BYTES: usize = 12;

/** Bytes of scratch memory that `convolveBackpropInput` needs. */
export function backpropInputScratch(outChannels: i32): usize {
  if (channels < GATHERED_CHANNELS) {
    return GEMM_SCRATCH + (<usize>(patchSize() * (hasPlanes() ? outHeight * outWidth : SCATTERED)) << 2);
  }
  const taps = windowHeight * windowWidth;
  return packedFilter(taps * outChannels, channels) + windowAddresses() + (<usize>POSITIONS << 2) +
    windowWork(outChannels) + <usize>taps * TAP_BYTES + (<usize>outChannels << 2);
}

/**
 * Gradient of `convolve` with respect to x, which is also the transposed convolution of `dy`; then bias and activation.
 *
 * With `GATHERED_CHANNELS` channels or more a pixel's sum starts from +0 and takes the taps that reach it in row-major
 * order, for each the outChannels in order; windows that lie beyond dy count as zeros. With fewer, each window gives a
 * tap one sum over outChannels from +0, and a pixel adds what it is given to +0 in the order of the windows.
 */
export function convolveBackpropInput(
  dy: usize, filter: usize, bias: usize, activation: i32, alpha: f32, dx: usize, outChannels: i32, scratch: usize,
): void {
  if (channels < GATHERED_CHANNELS) {
    if (hasPlanes()) addPlanes(dy, filter, dx, outChannels, scratch);
    else scatter(dy, filter, dx, outChannels, scratch);
    setEpilogue(bias, activation, alpha);
    finishRows(dx, batch * inHeight * inWidth, channels);
    return;
  }
  setEpilogue(bias, activation, alpha);
  // Pixels of one remainder by the strides see the same taps: to each class the product is a convolution of stride 1.
  for (let y = 0; y < min(strideHeight, inHeight); y++) {
    for (let x = 0; x < min(strideWidth, inWidth); x++) gatherClass(y, x, dy, filter, dx, outChannels, scratch);
  }
}

function scatter(dy: usize, filter: usize, dx: usize, outChannels: i32, scratch: usize): void {
  const size = patchSize();
  const count = batch * outHeight * outWidth;
  const patches = scratch + GEMM_SCRATCH;
  memory.fill(dx, 0, <usize>(batch * inHeight * inWidth * channels) << 2);
  for (let first = 0; first < count; first += SCATTERED) {
    const last = min(first + SCATTERED, count);
    gemm(last - first, size, outChannels, dy + (<usize>(first * outChannels) << 2), outChannels, 1,
      filter, 1, outChannels, patches, size, 0, 0, 0, scratch);
    scatterPatches(patches, first, last, dx);
  }
}

/** Whether what a tap gives to a line of pixels lies side by side. */
function hasPlanes(): bool {
  return channels == 1 && strideHeight == 1 && strideWidth == 1;
}

/** The same sums as `scatter`: a plane of all windows for each tap, added from the last tap on, as later taps reach back. */
function addPlanes(dy: usize, filter: usize, dx: usize, outChannels: i32, scratch: usize): void {
  const planes = scratch + GEMM_SCRATCH;
  const perImage = outHeight * outWidth;
  memory.fill(dx, 0, <usize>(batch * inHeight * inWidth) << 2);
  for (let image = 0; image < batch; image++) {
    gemm(patchSize(), perImage, outChannels, filter, outChannels, 1,
      dy + (<usize>(image * perImage * outChannels) << 2), 1, outChannels, planes, perImage, 0, 0, 0, scratch);
    for (let tap = patchSize() - 1; tap >= 0; tap--) {
      addPlane(planes + (<usize>(tap * perImage) << 2), tap, dx + (<usize>(image * inHeight * inWidth) << 2));
    }
  }
}

/** Adds what a tap of each window gives to the pixel below it. */
function addPlane(plane: usize, tap: i32, image: usize): void {
  const down = tap / windowWidth * dilationHeight - padTop;
  const across = tap % windowWidth * dilationWidth - padLeft;
  const first = max(0, -across);
  const count = min(outWidth, inWidth - across) - first;
  if (count <= 0) return;
  for (let line = max(0, -down); line < min(outHeight, inHeight - down); line++) {
    addRun(image + (<usize>((line + down) * inWidth + first + across) << 2),
      plane + (<usize>(line * outWidth + first) << 2), <usize>count << 2);
  }
}

/** The pixels (y, x), and every stride on from there. */
function gatherClass(y: i32, x: i32, dy: usize, filter: usize, dx: usize, outChannels: i32, scratch: usize): void {
  const width = tileColumns();
  const packed = scratch;
  const tables = packed + packedFilter(windowHeight * windowWidth * outChannels, channels);
  const outs = tables + windowAddresses();
  const work = outs + (<usize>POSITIONS << 2);
  const taps = work + windowWork(outChannels);
  const zeros = taps + <usize>(windowHeight * windowWidth) * TAP_BYTES;
  const tapCount = listTaps(y, x, taps);
  let to = packed;
  for (let j = 0; j < channels; j += width) {
    for (let tap = 0; tap < tapCount; tap++) {
      const from = load<i32>(taps + <usize>tap * TAP_BYTES) * channels + j;
      packPanel(filter + (<usize>(from * outChannels) << 2), <usize>outChannels << 2, 4, min(width, channels - j), width,
        outChannels, to);
      to += <usize>(outChannels * width) << 2;
    }
  }
  memory.fill(zeros, 0, <usize>outChannels << 2);
  const lines = (inHeight - y + strideHeight - 1) / strideHeight;
  const columns = (inWidth - x + strideWidth - 1) / strideWidth;
  const count = batch * lines * columns;
  for (let first = 0; first < count; first += POSITIONS) {
    const positions = min(POSITIONS, count - first);
    const filled = (positions + ROWS - 1) & -ROWS;
    for (let p = 0; p < filled; p++) {
      const position = first + min(p, positions - 1);
      const line = position / columns % lines;
      const column = position % columns;
      const image = position / (columns * lines);
      const pixel = (image * inHeight + y + line * strideHeight) * inWidth + x + column * strideWidth;
      store<u32>(outs + (<usize>p << 2), <u32>(dx + (<usize>(pixel * channels) << 2)));
      addressWindows(dy, image, line, column, outChannels, taps, tapCount, zeros,
        tables + <usize>(p / ROWS * tapCount * 4 * ROWS) + (<usize>(p % ROWS) << 2));
    }
    multiplyWindows(positions, channels, tables, tapCount, outChannels, packed, outs, work);
  }
}

/** Lists the taps that reach the pixel (y, x), in row-major order, and returns their number. */
function listTaps(y: i32, x: i32, taps: usize): i32 {
  let count = 0;
  for (let i = 0; i < windowHeight; i++) {
    const down = y + padTop - i * dilationHeight;
    if (down % strideHeight) continue;
    for (let j = 0; j < windowWidth; j++) {
      const across = x + padLeft - j * dilationWidth;
      if (across % strideWidth) continue;
      store<i32>(taps, i * windowWidth + j);
      store<i32>(taps, down / strideHeight, 4);
      store<i32>(taps, across / strideWidth, 8);
      taps += TAP_BYTES;
      count++;
    }
  }
  return count;
}

/** Where in dy the windows lie that reach a pixel; `zeros` for those beyond it. */
@inline
function addressWindows(
  dy: usize, image: i32, line: i32, column: i32, outChannels: i32, taps: usize, tapCount: i32, zeros: usize, to: usize,
): void {
  for (let tap = 0; tap < tapCount; tap++) {
    const row = line + load<i32>(taps, 4);
    const across = column + load<i32>(taps, 8);
    const inside = <u32>row < <u32>outHeight && <u32>across < <u32>outWidth;
    const position = (image * outHeight + row) * outWidth + across;
    store<u32>(to, <u32>(inside ? dy + (<usize>(position * outChannels) << 2) : zeros));
    taps += TAP_BYTES;
    to += 4 * ROWS;
  }
}
