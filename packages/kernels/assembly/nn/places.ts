import { evenBlock, multiplyColumns, WORK } from './block';
import { bias as epilogueBias } from './epilogue';
import { batch } from './geometry';
import { PACKED_BEYOND, packRuns } from './pack';
import { padImage } from './pad';
import { PANEL, ROWS, tileColumns } from './tile';

/** Places that are computed at once; results do not depend on it. */
const POSITIONS: i32 = 64;
// Depth after which sums pause in memory, so that the filter's panel stays in L1.
const BLOCK_K: i32 = 320;
// For so few panels of the filter, copying what places see costs more than it gains.
const FEW_PANELS: i32 = 2;
// Addresses are kept, and moved on from image to image, where they take no more bytes than this.
const MOST_KEPT: i32 = 1 << 18;
// A tap: the lines and columns by which it is off a place.
const TAP_BYTES: usize = 8;

// The walk under way. A place is a line and column of what is written. It has taps: runs of `depth` numbers of an image that is
// read, each so many lines and columns off the place.
let lines: i32 = 0;
let columns: i32 = 0;
let lineStep: i32 = 0;
let columnStep: i32 = 0;
let sourceHeight: i32 = 0;
let sourceWidth: i32 = 0;
let pixelBytes: usize = 0;
let depth: i32 = 0;
let toImage: usize = 0;
let toLine: usize = 0;
let toColumn: usize = 0;

/** Output places per image, and how many lines and columns of the source lie between neighbours. */
export function setPlaces(lines_: i32, columns_: i32, lineStep_: i32, columnStep_: i32): void {
  lines = lines_; columns = columns_; lineStep = lineStep_; columnStep = columnStep_;
}

/** The size of an image that is read, and of a run of it that a tap takes: pixels of `channels` numbers, `depth` in all. */
export function setSource(height: i32, width: i32, channels: i32, depth_: i32): void {
  sourceHeight = height; sourceWidth = width; pixelBytes = <usize>channels << 2; depth = depth_;
}

/** Bytes between an image, a line and a column of the places that are written and the next. */
export function setTarget(image: usize, line: usize, column: usize): void {
  toImage = image; toLine = line; toColumn = column;
}

/** Says which tap number `index` is, in a list of `TAP_BYTES` each. */
@inline
export function setTap(taps: usize, index: i32, down: i32, across: i32): void {
  store<i32>(taps + <usize>index * TAP_BYTES, down);
  store<i32>(taps + <usize>index * TAP_BYTES, across, 4);
}

export function tapListBytes(count: i32): usize {
  return <usize>count * TAP_BYTES;
}

/**
 * Images that `multiplyPlaces` is to be given at once: their places fill whole tiles, and enough of them. Padded images lie in one
 * place, in turn. Without bound if the addresses of so many would take too much.
 */
export function imagesTogether(perImage: i32, taps: i32, isPadded: bool): i32 {
  if (isPadded) return 1;
  let images = perImage % ROWS == 0 ? 1 : perImage % 2 == 0 ? 2 : ROWS;
  while (perImage > 0 && images * perImage < POSITIONS) images *= 2;
  return areKept(images, perImage, taps) ? images : i32.MAX_VALUE;
}

/** Whether addresses are kept, and moved on to the next images; otherwise those of some places at a time are found anew. */
function areKept(together: i32, perImage: i32, taps: i32): bool {
  return <i64>together * perImage * taps * 4 <= MOST_KEPT;
}

/** Places whose addresses are in memory at once. */
function placesInMemory(together: i32, perImage: i32, taps: i32): i32 {
  return (max(areKept(together, perImage, taps) ? together * perImage : 0, POSITIONS) + ROWS - 1) & -ROWS;
}

/** Bytes of addresses, which `multiplyPlaces` needs to find as it left them when it comes to the next images. */
export function addressesBytes(together: i32, perImage: i32, taps: i32): usize {
  return <usize>(placesInMemory(together, perImage, taps) * (taps + 1)) << 2;
}

/** Bytes that `multiplyPlaces` needs to work in, for taps of at most `depth` numbers. */
export function placesWork(depth: i32): usize {
  return WORK + (<usize>(POSITIONS * max(BLOCK_K, depth)) << 2) + PACKED_BEYOND;
}

/**
 * For each place of `together` images (or as many as there are) from `image` on, and each column: the sum over the place's taps, in
 * their order, of the numbers there times the column's of a packed filter; then the epilogue. A tap outside its image reads `zeros`:
 * `depth` of them.
 *
 * It is to be called for all images, in turn. With `isPadded` an image is copied to `zeros`, with zeros around it (see pad.ts), and
 * is read there.
 */
export function multiplyPlaces(
  images: usize, imageBytes: usize, image: i32, together: i32, isPadded: bool, zeros: usize, taps: usize, tapCount: i32,
  packed: usize, to: usize, outColumns: i32, addresses: usize, work: usize,
): void {
  const perImage = lines * columns;
  const kept = areKept(together, perImage, tapCount);
  const inMemory = placesInMemory(together, perImage, tapCount);
  const present = min(together, batch - image);
  const isNew = !image || present < together;
  const outs = addresses;
  const tables = outs + (<usize>inMemory << 2);
  const from = isPadded ? zeros : images + <usize>image * imageBytes;
  if (isPadded) padImage(images + <usize>image * imageBytes, zeros);
  else if (!isNew) moveAddresses(tables, inMemory * tapCount, zeros, <usize>together * imageBytes);
  const count = present * perImage;
  for (let first = 0; first < count; first += POSITIONS) {
    const positions = min(POSITIONS, count - first);
    const at = kept ? <usize>first << 2 : 0;
    const table = tables + at * <usize>tapCount;
    if (!kept || isNew) addressPlaces(from, first, positions, zeros, taps, tapCount, table, to, outs + at);
    multiplyWindows(positions, outColumns, table, tapCount, isPadded, packed, outs + at, <usize>image * toImage, work);
  }
}

/**
 * The addresses that `multiplyTile` reads for `count` places from number `first` on: for each four of them, for each tap, the run
 * under it in each of the four; and to `outs` where each place is written.
 */
function addressPlaces(
  images: usize, first: i32, count: i32, zeros: usize, taps: usize, tapCount: i32, tables: usize, to: usize, outs: usize,
): void {
  const perImage = lines * columns;
  const tableBytes = <usize>(tapCount * 4 * ROWS);
  const filled = (count + ROWS - 1) & -ROWS;
  let image = first / perImage, line = first % perImage / columns, column = first % columns;
  for (let p = 0; p < filled; p++) {
    const top = line * lineStep, left = column * columnStep;
    const height = image * sourceHeight;
    let table = tables + <usize>(p / ROWS) * tableBytes + (<usize>(p % ROWS) << 2);
    let tap = taps;
    for (let i = 0; i < tapCount; i++) {
      const y = top + load<i32>(tap), x = left + load<i32>(tap, 4);
      const isInside = <u32>y < <u32>sourceHeight && <u32>x < <u32>sourceWidth;
      const run = images + <usize>((height + y) * sourceWidth + x) * pixelBytes;
      store<u32>(table, <u32>(isInside ? run : zeros));
      tap += TAP_BYTES;
      table += 4 * ROWS;
    }
    store<u32>(outs, <u32>(to + <usize>image * toImage + <usize>line * toLine + <usize>column * toColumn));
    outs += 4;
    if (p + 1 >= count) continue; // what fills the last tile repeats its last place
    column++;
    if (column < columns) continue;
    column = 0;
    line++;
    if (line < lines) continue;
    line = 0;
    image++;
  }
}

/** Moves addresses, all but those of `zeros`; a multiple of four. */
function moveAddresses(tables: usize, count: i32, zeros: usize, bytes: usize): void {
  const still = i32x4.splat(<i32>zeros), step = i32x4.splat(<i32>bytes);
  for (const end = tables + (<usize>count << 2); tables < end; tables += 16) {
    const addresses = v128.load(tables);
    v128.store(tables, i32x4.add(addresses, v128.andnot(step, i32x4.eq(addresses, still))));
  }
}

/** Runs of `depth` numbers, `taps` of them for each place, times a packed filter. Short ones are copied always, and may be read beyond. */
function multiplyWindows(
  positions: i32, outColumns: i32, tables: usize, taps: i32, isShort: bool, packed: usize, outs: usize, outOffset: usize,
  work: usize,
): void {
  const width = tileColumns();
  const bStep = <usize>width << 2;
  const tapBytes = <usize>depth * bStep;
  const tableBytes = <usize>(taps * 4 * ROWS);
  const isCopied = isShort || (outColumns > FEW_PANELS * width && depth % 4 == 0);
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
    for (let j = 0; j < outColumns; j += width) {
      const at = <usize>j << 2;
      const bias = epilogueBias ? epilogueBias + at : 0;
      const count = min(width, outColumns - j);
      const finish = tap + groups >= taps;
      if (isCopied) {
        multiplyColumns(positions, count, panels, panelBytes, 1, PANEL, groups * depth, b, bStep,
          outs, outOffset + at, tap > 0, finish, bias, work);
      } else {
        multiplyColumns(positions, count, addresses, tableBytes, groups, 4, depth, b, bStep,
          outs, outOffset + at, tap > 0, finish, bias, work);
      }
      b += <usize>taps * tapBytes;
    }
    tap += block;
  } while (tap < taps);
}
