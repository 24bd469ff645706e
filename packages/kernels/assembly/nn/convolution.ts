import { evenBlock, multiplyColumns, WORK } from './block';
import { setEpilogue, bias as epilogueBias } from './epilogue';
import { addressRows } from './gemm';
import {
  batch, channels, dilationWidth, inHeight, inWidth, outHeight, outWidth, windowHeight, windowWidth,
} from './geometry';
import { packPanel, packRuns } from './pack';
import { paddedBytes, padImage } from './pad';
import { MOST_COLUMNS, PANEL, ROWS, tileColumns } from './tile';
import { addressRuns, addressTaps } from './window';

/** Positions that are computed at once; results do not depend on it. */
export const POSITIONS: i32 = 64;
// From here on a tap's channels are a run long enough to be read where it lies.
const RUN: i32 = 8;
// Depth after which sums pause in memory, so that the filter's panel stays in L1.
const BLOCK_K: i32 = 320;
// For so few panels of the filter, copying windows costs more than it gains.
const FEW_PANELS: i32 = 2;

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

/** Bytes that `multiplyWindows` needs to work in, for runs of `depth` numbers. */
export function windowWork(depth: i32): usize {
  return WORK + 4 * <usize>(POSITIONS * max(BLOCK_K, depth));
}

/** Runs of a window in a padded image: its lines, or its taps where these are apart. */
function paddedRuns(): i32 {
  return dilationWidth == 1 ? windowHeight : windowHeight * windowWidth;
}

/** Bytes of scratch memory that `convolve` needs. */
export function convolveScratch(outChannels: i32): usize {
  return packedFilter(patchSize(), outChannels) + windowAddresses() + (<usize>POSITIONS << 2) +
    windowWork(channels) + (channels < RUN ? paddedBytes() : <usize>channels << 2);
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
  const source = work + windowWork(channels); // of what windows read: a padded image, or the zeros around all of them
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

/**
 * Windows of `taps` runs of `depth` numbers times a packed filter. Windows that more than `FEW_PANELS` panels of it read
 * are copied to panels first.
 */
export function multiplyWindows(
  positions: i32, columns: i32, tables: usize, taps: i32, depth: i32, packed: usize, outs: usize, work: usize,
): void {
  const width = tileColumns();
  const bStep = <usize>width << 2;
  const tapBytes = <usize>depth * bStep;
  const tableBytes = <usize>(taps * 4 * ROWS);
  const isCopied = columns > FEW_PANELS * width && depth % 4 == 0;
  const panels = work + WORK;
  const block = evenBlock(taps, max(1, BLOCK_K / depth));
  let tap = 0;
  do { // once without any tap too: sums of nothing get their bias
    const groups = min(block, taps - tap);
    const panelBytes = <usize>(groups * depth * 4 * ROWS);
    const addresses = tables + <usize>(tap * 4 * ROWS);
    for (let p = 0; isCopied && p < positions; p += ROWS) {
      const group = <usize>(p / ROWS);
      packRuns(addresses + group * tableBytes, groups, depth, panels + group * panelBytes);
    }
    let b = packed + <usize>tap * tapBytes;
    for (let j = 0; j < columns; j += width) {
      const at = <usize>j << 2;
      const bias = epilogueBias ? epilogueBias + at : 0;
      const count = min(width, columns - j);
      const finish = tap + groups >= taps;
      if (isCopied) {
        multiplyColumns(positions, count, panels, panelBytes, 1, PANEL, groups * depth, b, bStep,
          outs, at, tap > 0, finish, bias, work);
      } else {
        multiplyColumns(positions, count, addresses, tableBytes, groups, 4, depth, b, bStep,
          outs, at, tap > 0, finish, bias, work);
      }
      b += <usize>taps * tapBytes;
    }
    tap += block;
  } while (tap < taps);
}
