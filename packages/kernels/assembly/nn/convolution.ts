import { evenBlock, multiplyColumns, WORK } from './block';
import { setEpilogue, bias as epilogueBias } from './epilogue';
import { addressRows } from './gemm';
import {
  batch, channels, dilationWidth, inHeight, inWidth, outHeight, outWidth, windowHeight, windowWidth,
} from './geometry';
import { packPanel } from './pack';
import { paddedBytes, padImage } from './pad';
import { ROWS, tileColumns, MOST_COLUMNS } from './tile';
import { addressRuns, addressTaps } from './window';

/** Positions that are computed at once; results do not depend on it. */
export const POSITIONS: i32 = 64;
// From here on a tap's channels are a run long enough to be read where it lies.
const RUN: i32 = 8;
// Depth after which sums pause in memory, so that the filter's panel stays in L1.
const BLOCK_K: i32 = 320;

export function patchSize(): i32 {
  return windowHeight * windowWidth * channels;
}

/** Bytes of a filter packed in panels of columns. */
export function packedFilter(depth: i32, columns: i32): usize {
  return <usize>(depth * ((columns + MOST_COLUMNS - 1) & -MOST_COLUMNS)) << 2;
}

/** Bytes of the addresses that `POSITIONS` windows take. */
export function windowAddresses(): usize {
  return <usize>(POSITIONS * windowHeight * windowWidth) << 2;
}

/** Runs of a window in a padded image: its lines, or its taps where these are apart. */
function paddedRuns(): i32 {
  return dilationWidth == 1 ? windowHeight : windowHeight * windowWidth;
}

/** Bytes of scratch memory that `convolve` needs. */
export function convolveScratch(outChannels: i32): usize {
  return packedFilter(patchSize(), outChannels) + windowAddresses() + (<usize>POSITIONS << 2) + WORK +
    (channels < RUN ? paddedBytes() : <usize>channels << 2);
}

/** `y = activation(windows(x) filter + bias)`; filter is [windowHeight, windowWidth, channels, outChannels]. */
export function convolve(
  x: usize, filter: usize, bias: usize, activation: i32, alpha: f32, y: usize, outChannels: i32, scratch: usize,
): void {
  const width = tileColumns();
  const size = patchSize();
  const isPadded = channels < RUN;
  const runs = isPadded ? paddedRuns() : windowHeight * windowWidth;
  const packed = scratch;
  const tables = packed + packedFilter(size, outChannels);
  const outs = tables + windowAddresses();
  const work = outs + (<usize>POSITIONS << 2);
  const source = work + WORK; // of what windows read: a padded image, or the zeros around all of them
  const rowBytes = <usize>outChannels << 2;
  setEpilogue(bias, activation, alpha);
  for (let j = 0; j < outChannels; j += width) {
    packPanel(filter + (<usize>j << 2), 4, rowBytes, min(width, outChannels - j), width, size,
      packed + (<usize>(j * size) << 2));
  }
  if (!isPadded) memory.fill(source, 0, <usize>channels << 2);
  const perImage = outHeight * outWidth;
  const imageBytes = <usize>(inHeight * inWidth * channels) << 2;
  // A padded image at a time; other images are as one.
  const groups = isPadded ? batch : 1;
  const count = isPadded ? perImage : batch * perImage;
  for (let group = 0; group < groups; group++) {
    if (isPadded) padImage(x + <usize>group * imageBytes, source);
    for (let first = 0; first < count; first += POSITIONS) {
      const positions = min(POSITIONS, count - first);
      if (isPadded) addressRuns(source, first, positions, runs, tables);
      else addressTaps(x, first, positions, source, tables);
      addressRows(y + <usize>(group * count + first) * rowBytes, rowBytes, positions, outs);
      multiplyWindows(positions, outChannels, tables, runs, size / runs, packed, outs, work);
    }
  }
}

/** Windows of `taps` runs of `depth` numbers times a packed filter. */
export function multiplyWindows(
  positions: i32, columns: i32, tables: usize, taps: i32, depth: i32, packed: usize, outs: usize, work: usize,
): void {
  const width = tileColumns();
  const bStep = <usize>width << 2;
  const tapBytes = <usize>depth * bStep;
  const block = evenBlock(taps, max(1, BLOCK_K / depth));
  for (let j = 0; j < columns; j += width) {
    const at = <usize>j << 2;
    let tap = 0;
    do {
      const groups = min(block, taps - tap);
      multiplyColumns(positions, min(width, columns - j), tables + <usize>(tap * 4 * ROWS), <usize>(taps * 4 * ROWS),
        groups, 4, depth, packed + <usize>tap * tapBytes, bStep, outs, at,
        tap > 0, tap + groups >= taps, epilogueBias ? epilogueBias + at : 0, work);
      tap += block;
    } while (tap < taps);
    packed += <usize>taps * tapBytes;
  }
}
