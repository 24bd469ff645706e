import { packedFilter, patchSize } from './convolution';
import { addRun } from './copy';
import { finishRows, setEpilogue } from './epilogue';
import { gemm, GEMM_SCRATCH } from './gemm';
import {
  batch, channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';
import { packPanel } from './pack';
import { scatterPatches } from './patches';
import {
  addressesBytes, imagesTogether, multiplyPlaces, placesWork, setPlaces, setSource, setTap, setTarget, tapListBytes,
} from './places';
import { tileColumns } from './tile';

/** From so many channels on, each pixel gathers what it gets; below, each window scatters what it gives. */
export const GATHERED_CHANNELS: i32 = 8;
// Positions whose patches are in memory at once when scattering; results do not depend on it.
const SCATTERED: i32 = 512;

/** Bytes of scratch memory that `convolveBackpropInput` needs. */
export function backpropInputScratch(outChannels: i32): usize {
  if (channels < GATHERED_CHANNELS) {
    return GEMM_SCRATCH + (<usize>(patchSize() * (hasPlanes() ? outHeight * outWidth : SCATTERED)) << 2);
  }
  const together = classImages();
  let classes: usize = 0;
  for (let y = 0; y < min(strideHeight, inHeight); y++) {
    for (let x = 0; x < min(strideWidth, inWidth); x++) classes += classScratch(y, x, together, outChannels);
  }
  return (<usize>outChannels << 2) + placesWork(outChannels) + classes;
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
  const zeros = scratch;
  const work = zeros + (<usize>outChannels << 2);
  memory.fill(zeros, 0, <usize>outChannels << 2);
  // Pixels of one remainder by the strides see the same taps: to each class the product is a convolution of stride 1. All classes
  // of some images come before the next images, as they read the same of dy.
  const together = classImages();
  for (let image = 0; image < batch; image += min(together, batch)) {
    let own = work + placesWork(outChannels);
    for (let y = 0; y < min(strideHeight, inHeight); y++) {
      for (let x = 0; x < min(strideWidth, inWidth); x++) {
        gatherClass(y, x, image, together, dy, filter, dx, outChannels, zeros, work, own);
        own += classScratch(y, x, together, outChannels);
      }
    }
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

/** How many of `size` pixels are `first`, or a number of strides on from there. */
function classSize(size: i32, first: i32, stride: i32): i32 {
  return (size - first + stride - 1) / stride;
}

/** Pixels of an image in the class (y, x); the first class has the most. */
function classPlaces(y: i32, x: i32): i32 {
  return classSize(inHeight, y, strideHeight) * classSize(inWidth, x, strideWidth);
}

/** Images of which all classes are computed before the next ones. */
function classImages(): i32 {
  return imagesTogether(classPlaces(0, 0), windowHeight * windowWidth, false);
}

/** Taps that reach the pixels of a class. */
function classTaps(y: i32, x: i32): i32 {
  return tapsMeeting(y + padTop, dilationHeight, strideHeight, windowHeight) *
    tapsMeeting(x + padLeft, dilationWidth, strideWidth, windowWidth);
}

/** Bytes that a class keeps from image to image: its taps, its part of the filter, and addresses. */
function classScratch(y: i32, x: i32, together: i32, outChannels: i32): usize {
  const taps = classTaps(y, x);
  return packedFilter(taps * outChannels, channels) + tapListBytes(taps) + addressesBytes(together, classPlaces(y, x), taps);
}

/** The pixels (y, x) of some images, and every stride on from there. */
function gatherClass(
  y: i32, x: i32, image: i32, together: i32, dy: usize, filter: usize, dx: usize, outChannels: i32,
  zeros: usize, work: usize, own: usize,
): void {
  const tapCount = classTaps(y, x);
  const packed = own;
  const taps = packed + packedFilter(tapCount * outChannels, channels);
  const addresses = taps + tapListBytes(tapCount);
  const pixel = <usize>channels << 2, line = <usize>inWidth * pixel;
  if (!image) packTaps(y, x, filter, outChannels, tapCount, taps, packed);
  setPlaces(classSize(inHeight, y, strideHeight), classSize(inWidth, x, strideWidth), 1, 1);
  setSource(outHeight, outWidth, outChannels, outChannels);
  setTarget(<usize>inHeight * line, <usize>strideHeight * line, <usize>strideWidth * pixel);
  multiplyPlaces(dy, <usize>(outHeight * outWidth * outChannels) << 2, image, together, false, zeros, taps, tapCount, packed,
    dx + <usize>y * line + <usize>x * pixel, channels, addresses, work);
}

/** Lists the taps that reach a class of pixels, in row-major order, and packs the filter's numbers for them. */
function packTaps(
  y: i32, x: i32, filter: usize, outChannels: i32, tapCount: i32, taps: usize, packed: usize,
): void {
  const width = tileColumns();
  const tapBytes = <usize>(outChannels * width) << 2;
  const panelBytes = <usize>tapCount * tapBytes;
  let tap = 0;
  for (let i = 0; i < windowHeight; i++) {
    const down = y + padTop - i * dilationHeight;
    if (down % strideHeight) continue;
    for (let j = 0; j < windowWidth; j++) {
      const across = x + padLeft - j * dilationWidth;
      if (across % strideWidth) continue;
      setTap(taps, tap, down / strideHeight, across / strideWidth);
      const from = filter + (<usize>((i * windowWidth + j) * channels * outChannels) << 2);
      let to = packed + <usize>tap * tapBytes;
      for (let c = 0; c < channels; c += width) {
        packPanel(from + (<usize>(c * outChannels) << 2), <usize>outChannels << 2, 4, min(width, channels - c), width,
          outChannels, to);
        to += panelBytes;
      }
      tap++;
    }
  }
}

/** How many taps of a window, along one dimension, reach a pixel. */
function tapsMeeting(at: i32, dilation: i32, stride: i32, window: i32): i32 {
  let count = 0;
  for (let i = 0; i < window; i++) count += <i32>((at - i * dilation) % stride == 0);
  return count;
}
