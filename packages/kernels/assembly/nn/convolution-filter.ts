import { evenBlock, multiplyColumns, WORK } from './block';
import { packedFilter, patchSize } from './convolution';
import { addRun } from './copy';
import { setEpilogue } from './epilogue';
import { addressRows } from './gemm';
import { batch, channels, outHeight, outWidth } from './geometry';
import { packPanel } from './pack';
import { gatherPatches } from './patches';
import { ROWS, tileColumns } from './tile';
import { gatherGroups } from './window';

// Images whose gradients are one sum; the sums of chunks are added in order, so that chunks may be computed apart. src/nn/geometry.ts has it too.
const FILTER_CHUNK: i32 = 8;
// Positions after which sums pause in memory.
const DEPTH: i32 = 256;
// Panels lie this much more apart than they are long: at a multiple of 4096 bytes they would share lines of the cache.
const GAP: usize = 64;

function rowAddresses(): usize {
  return <usize>((patchSize() + ROWS - 1) & -ROWS) << 2;
}

/** Bytes of scratch memory that `convolveBackpropFilter` needs. */
export function backpropFilterScratch(outChannels: i32): usize {
  const size = <usize>patchSize();
  return packedFilter(DEPTH, outChannels) + size * (4 * <usize>DEPTH + GAP / ROWS) + 2 * rowAddresses() + WORK +
    size * (<usize>outChannels << 2);
}

/**
 * Gradient of `convolve` with respect to the filter.
 *
 * For each chunk of `FILTER_CHUNK` images a sum from +0 over its positions in order, a zero outside the image being
 * multiplied like any other number; then the first chunk's sum + the second's, + the third's ...
 */
export function convolveBackpropFilter(x: usize, dy: usize, dFilter: usize, outChannels: i32, scratch: usize): void {
  const size = patchSize();
  const inGroups = channels % ROWS == 0;
  const packed = scratch;
  const windows = packed + packedFilter(DEPTH, outChannels);
  const tables = windows + <usize>size * (4 * <usize>DEPTH + GAP / ROWS);
  const outs = tables + rowAddresses();
  const work = outs + rowAddresses();
  const partial = work + WORK;
  const filterBytes = <usize>(size * outChannels) << 2;
  const perImage = outHeight * outWidth;
  const panelBytes: usize = 4 * <usize>(ROWS * DEPTH) + GAP;
  setEpilogue(0, 0, 0);
  if (inGroups) {
    for (let place = 0; place < size; place += ROWS) {
      addressRows(windows + <usize>(place / ROWS) * panelBytes, 4, ROWS, tables + (<usize>place << 2));
    }
  } else {
    addressRows(windows, 4, size, tables);
  }
  if (!batch || !perImage) memory.fill(dFilter, 0, filterBytes);
  for (let image = 0; image < batch; image += FILTER_CHUNK) {
    const target = image ? partial : dFilter;
    addressRows(target, <usize>outChannels << 2, size, outs);
    const begin = image * perImage;
    const end = min(image + FILTER_CHUNK, batch) * perImage;
    const block = evenBlock(end - begin, DEPTH);
    for (let first = begin; first < end; first += block) {
      const last = min(first + block, end);
      if (inGroups) gatherGroups(x, first, last, windows, panelBytes);
      else gatherPatches(x, first, last, windows);
      multiplyBlock(dy + (<usize>(first * outChannels) << 2), last - first, outChannels, size, tables,
        inGroups ? 4 * ROWS : <usize>size << 2, outs, first > begin, packed, work);
    }
    if (image) addRun(dFilter, partial, filterBytes);
  }
}

/** Adds one block of positions: `size` rows of windows, read by `tables`, times `depth` rows of dy. */
function multiplyBlock(
  dy: usize, depth: i32, outChannels: i32, size: i32, tables: usize, aStep: usize, outs: usize, resume: bool,
  packed: usize, work: usize,
): void {
  const width = tileColumns();
  for (let j = 0; j < outChannels; j += width) {
    const columns = min(width, outChannels - j);
    packPanel(dy + (<usize>j << 2), 4, <usize>outChannels << 2, columns, width, depth, packed);
    multiplyColumns(size, columns, tables, 4 * ROWS, 1, aStep, depth, packed, <usize>width << 2,
      outs, <usize>j << 2, resume, false, 0, work);
  }
}
