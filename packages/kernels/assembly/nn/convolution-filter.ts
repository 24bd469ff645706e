import { evenBlock, multiplyColumns, WORK } from './block';
import { packedFilter, patchSize } from './convolution';
import { addRun } from './copy';
import { setEpilogue } from './epilogue';
import { addressRows } from './gemm';
import {
  batch, channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth,
  windowWidth,
} from './geometry';
import { packPanel } from './pack';
import { paddedBytes, paddedWidth, padImage } from './pad';
import { PANEL, ROWS, tileColumns } from './tile';
import { gatherGroups } from './window';

// Images whose gradients are one sum; the sums of chunks are added in order, so that chunks may be computed apart. src/nn/geometry.ts has it too.
const FILTER_CHUNK: i32 = 8;
// Positions after which sums pause in memory.
const DEPTH: i32 = 256;
// Rows of windows from which on dy is packed first.
const FEW: i32 = 32;
// Panels lie this much more apart than they are long: at a multiple of 4096 bytes they would share lines of the cache.
const GAP: usize = 64;

function rowAddresses(): usize {
  return <usize>((patchSize() + ROWS - 1) & -ROWS) << 2;
}

/** Lines of windows that are summed up between pauses, where they are read from a padded image. */
function linesAtOnce(): i32 {
  return max(1, DEPTH / max(1, outWidth));
}

/** Bytes of scratch memory that `convolveBackpropFilter` needs. */
export function backpropFilterScratch(outChannels: i32): usize {
  const size = <usize>patchSize();
  const common = packedFilter(max(DEPTH, outWidth), outChannels) + rowAddresses() + WORK + size * (<usize>outChannels << 2);
  return channels % ROWS == 0
    ? common + size * (4 * <usize>DEPTH + GAP / ROWS)
    : common + paddedBytes() + <usize>linesAtOnce() * rowAddresses();
}

/**
 * Gradient of `convolve` with respect to the filter.
 *
 * For each chunk of `FILTER_CHUNK` images a sum from +0 over its positions in order, a zero outside the image being
 * multiplied like any other number; then the first chunk's sum + the second's, + the third's ...
 */
export function convolveBackpropFilter(x: usize, dy: usize, dFilter: usize, outChannels: i32, scratch: usize): void {
  const outs = scratch;
  const work = outs + rowAddresses();
  const partial = work + WORK;
  const filterBytes = <usize>(patchSize() * outChannels) << 2;
  const rest = partial + filterBytes;
  setEpilogue(0, 0, 0);
  if (!batch || !outHeight || !outWidth) memory.fill(dFilter, 0, filterBytes);
  for (let image = 0; image < batch; image += FILTER_CHUNK) {
    const end = min(image + FILTER_CHUNK, batch);
    addressRows(image ? partial : dFilter, <usize>outChannels << 2, patchSize(), outs);
    if (channels % ROWS == 0) sumGroups(x, dy, outChannels, image, end, outs, work, rest);
    else sumLines(x, dy, outChannels, image, end, outs, work, rest);
    if (image) addRun(dFilter, partial, filterBytes);
  }
}

/** The sum of some images, whose windows are copied to panels of four channels. */
function sumGroups(
  x: usize, dy: usize, outChannels: i32, image: i32, endImage: i32, outs: usize, work: usize, scratch: usize,
): void {
  const size = patchSize();
  const packed = scratch;
  const windows = packed + packedFilter(DEPTH, outChannels);
  const panelBytes: usize = 4 * <usize>(ROWS * DEPTH) + GAP;
  const perImage = outHeight * outWidth;
  const begin = image * perImage, end = endImage * perImage;
  const block = evenBlock(end - begin, DEPTH);
  for (let first = begin; first < end; first += block) {
    const last = min(first + block, end);
    gatherGroups(x, first, last, windows, panelBytes);
    multiplyBlock(dy + (<usize>(first * outChannels) << 2), 1, last - first, outChannels, size, windows, panelBytes, PANEL,
      outs, first > begin, packed, work);
  }
}

/**
 * The sum of some images of few channels: windows are read where they lie in a padded image, a group of `multiplyTile` for
 * each line of windows. Copying them would take longer than multiplying.
 */
function sumLines(
  x: usize, dy: usize, outChannels: i32, image: i32, endImage: i32, outs: usize, work: usize, scratch: usize,
): void {
  const packed = scratch;
  const padded = packed + packedFilter(max(DEPTH, outWidth), outChannels);
  const tables = padded + paddedBytes();
  const imageBytes = <usize>(inHeight * inWidth * channels) << 2;
  const lineBytes = <usize>(outWidth * outChannels) << 2;
  const block = evenBlock(outHeight, linesAtOnce());
  let resume = false;
  for (; image < endImage; image++) {
    padImage(x + <usize>image * imageBytes, padded);
    for (let line = 0; line < outHeight; line += block) {
      const lines = min(block, outHeight - line);
      addressPlaces(padded, line, lines, tables);
      multiplyBlock(dy + <usize>(image * outHeight + line) * lineBytes, lines, outWidth, outChannels, patchSize(), tables,
        <usize>(lines * 4 * ROWS), <usize>(strideWidth * channels) << 2, outs, resume, packed, work);
      resume = true;
    }
  }
}

/** For each four places of a window, for each of some lines of windows, where the place lies in the line's first. */
function addressPlaces(padded: usize, line: i32, lines: i32, tables: usize): void {
  const size = patchSize();
  const filled = (size + ROWS - 1) & -ROWS;
  const across = windowWidth * channels;
  const paddedLine = <usize>(paddedWidth() * channels) << 2;
  for (let i = 0; i < filled; i++) {
    const place = min(i, size - 1); // what fills the last tile repeats its last row
    const column = place % across / channels * dilationWidth * channels + place % channels;
    const top = padded + <usize>(place / across * dilationHeight) * paddedLine + (<usize>column << 2);
    let to = tables + <usize>(i / ROWS * lines * 4 * ROWS) + (<usize>(i % ROWS) << 2);
    for (let l = line; l < line + lines; l++) {
      store<u32>(to, <u32>(top + <usize>(l * strideHeight) * paddedLine));
      to += 4 * ROWS;
    }
  }
}

/** Adds blocks of positions: `size` rows of windows, as `multiplyColumns` takes them, times `groups` times `depth` rows of dy. */
function multiplyBlock(
  dy: usize, groups: i32, depth: i32, outChannels: i32, size: i32, a: usize, aBytes: usize, aStep: usize,
  outs: usize, resume: bool, packed: usize, work: usize,
): void {
  const width = tileColumns();
  for (let j = 0; j < outChannels; j += width) {
    const columns = min(width, outChannels - j);
    // Read few times, rows of dy are not worth packing.
    const isPacked = columns < width || size > FEW;
    const from = dy + (<usize>j << 2);
    if (isPacked) packPanel(from, 4, <usize>outChannels << 2, columns, width, groups * depth, packed);
    multiplyColumns(size, columns, a, aBytes, groups, aStep, depth,
      isPacked ? packed : from, <usize>(isPacked ? width : outChannels) << 2,
      outs, <usize>j << 2, resume, false, 0, work);
  }
}
