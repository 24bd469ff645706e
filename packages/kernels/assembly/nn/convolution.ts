import { setEpilogue } from './epilogue';
import {
  batch, channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';
import { packPanel } from './pack';
import { paddedBytes, paddedHeight, paddedWidth } from './pad';
import {
  addressesBytes, imagesTogether, multiplyPlaces, placesWork, setPlaces, setSource, setTap, setTarget, tapListBytes,
} from './places';
import { MOST_COLUMNS, tileColumns } from './tile';

// From here on a tap's channels are a run long enough to be read where it lies.
const RUN: i32 = 8;

export function patchSize(): i32 {
  return windowHeight * windowWidth * channels;
}

/** Bytes of a filter packed in panels of columns. */
export function packedFilter(depth: i32, columns: i32): usize {
  return <usize>(depth * ((columns + MOST_COLUMNS - 1) & -MOST_COLUMNS)) << 2;
}

/** Whether windows are read in padded images: a line of a window is then one run, as long as it has no gaps. */
function isPadded(): bool {
  return channels < RUN;
}

/** Taps of a window: its lines, or its pixels where these are apart. */
function tapsAcross(): i32 {
  return isPadded() && dilationWidth == 1 ? 1 : windowWidth;
}

/** Numbers of a tap. */
function tapDepth(): i32 {
  return windowWidth / max(1, tapsAcross()) * channels;
}

/** Bytes of scratch memory that `convolve` needs. */
export function convolveScratch(outChannels: i32): usize {
  const taps = windowHeight * tapsAcross(), perImage = outHeight * outWidth;
  return packedFilter(patchSize(), outChannels) + tapListBytes(taps) +
    (isPadded() ? paddedBytes() : <usize>channels << 2) +
    addressesBytes(imagesTogether(perImage, taps, isPadded()), perImage, taps) + placesWork(tapDepth());
}

/** `y = activation(windows(x) filter + bias)`; filter is [windowHeight, windowWidth, channels, outChannels]. */
export function convolve(
  x: usize, filter: usize, bias: usize, activation: i32, alpha: f32, y: usize, outChannels: i32, scratch: usize,
): void {
  const width = tileColumns();
  const size = patchSize();
  const across = tapsAcross();
  const padded = isPadded();
  const packed = scratch;
  const taps = packed + packedFilter(size, outChannels);
  const zeros = taps + tapListBytes(windowHeight * across);
  const addresses = zeros + (padded ? paddedBytes() : <usize>channels << 2);
  const perImage = outHeight * outWidth;
  const tapCount = windowHeight * across;
  const together = imagesTogether(perImage, tapCount, padded);
  const work = addresses + addressesBytes(together, perImage, tapCount);
  const rowBytes = <usize>outChannels << 2;
  setEpilogue(bias, activation, alpha);
  for (let j = 0; j < outChannels; j += width) {
    packPanel(filter + (<usize>j << 2), 4, rowBytes, min(width, outChannels - j), width, size,
      packed + (<usize>(j * size) << 2));
  }
  if (!padded) memory.fill(zeros, 0, <usize>channels << 2);
  const top = padded ? 0 : padTop, left = padded ? 0 : padLeft;
  for (let i = 0; i < windowHeight; i++) {
    for (let j = 0; j < across; j++) setTap(taps, i * across + j, i * dilationHeight - top, j * dilationWidth - left);
  }
  setPlaces(outHeight, outWidth, strideHeight, strideWidth);
  if (padded) setSource(paddedHeight(), paddedWidth(), channels, tapDepth());
  else setSource(inHeight, inWidth, channels, channels);
  setTarget(<usize>perImage * rowBytes, <usize>outWidth * rowBytes, rowBytes);
  for (let image = 0; image < batch; image += min(together, batch)) {
    multiplyPlaces(x, <usize>(inHeight * inWidth * channels) << 2, image, together, padded, zeros, taps, tapCount, packed,
      y, outChannels, addresses, work);
  }
}
