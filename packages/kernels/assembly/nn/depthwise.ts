import { LINEAR } from './activation';
import {
  batch, channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';
import { setGrid, setSteps, sumGrid } from './grid';
import { endInside, firstInside, firstMeeting, tapsBetween, tapsFrom } from './taps';

// Images are x [batch, inHeight, inWidth, channels] and y [batch, outHeight, outWidth, channels multiplier]; filter is
// [windowHeight, windowWidth, channels, multiplier]: output channel c multiplier + q reads channel c alone.
// All three are sums over a grid: of a window's taps inside the image, or of the windows of an image that have a tap inside.

/**
 * `y = activation(x * filter + bias)`: each element sums its window's taps inside the image in row-major order, from
 * +0, one rounding for a product and one for a sum.
 */
export function depthwiseConvolve(
  x: usize, filter: usize, bias: usize, activation: i32, alpha: f32, y: usize, multiplier: i32,
): void {
  const pixel = <usize>channels << 2;
  const tap = pixel * multiplier;
  setGrid(channels * multiplier, multiplier, 1, activation, alpha);
  setSteps(pixel * inWidth * dilationHeight, pixel * dilationWidth, tap * windowWidth, tap);
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * strideHeight - padTop;
      const i = firstInside(top, dilationHeight);
      const rows = endInside(top, dilationHeight, inHeight, windowHeight) - i;
      const line = x + <usize>(image * inHeight + top + i * dilationHeight) * inWidth * pixel;
      for (let column = 0; column < outWidth; column++) {
        const left = column * strideWidth - padLeft;
        const j = firstInside(left, dilationWidth);
        const columns = endInside(left, dilationWidth, inWidth, windowWidth) - j;
        sumGrid(line + <usize>(left + j * dilationWidth) * pixel, filter + <usize>(i * windowWidth + j) * tap,
          rows, columns, y, bias);
        y += tap;
      }
    }
  }
}

/**
 * Gradient of `depthwiseConvolve` with respect to x: each element sums its products with the filter's taps in row-major
 * order, for each tap its output channels in order, from +0. Images are independent.
 */
export function depthwiseBackpropInput(dy: usize, filter: usize, dx: usize, multiplier: i32): void {
  const pixel = <usize>channels << 2;
  const tap = pixel * multiplier;
  // Every so many taps one meets a window: a tap further is a dilation, and the windows are a stride apart.
  const stepHeight = tapsBetween(dilationHeight, strideHeight);
  const stepWidth = tapsBetween(dilationWidth, strideWidth);
  setGrid(channels, multiplier, multiplier, LINEAR, 0);
  setSteps(<usize>(-stepHeight * dilationHeight / strideHeight * outWidth) * tap,
    <usize>(-stepWidth * dilationWidth / strideWidth) * tap,
    <usize>(stepHeight * windowWidth) * tap, <usize>stepWidth * tap);
  for (let image = 0; image < batch; image++) {
    for (let y = 0; y < inHeight; y++) {
      const top = y + padTop;
      const i = firstMeeting(top, dilationHeight, strideHeight, outHeight, stepHeight);
      const rows = tapsFrom(i, endInside(-top, dilationHeight, 1, windowHeight), stepHeight);
      const line = dy + <usize>((image * outHeight + (top - i * dilationHeight) / strideHeight) * outWidth) * tap;
      for (let x = 0; x < inWidth; x++) {
        const left = x + padLeft;
        const j = firstMeeting(left, dilationWidth, strideWidth, outWidth, stepWidth);
        const columns = tapsFrom(j, endInside(-left, dilationWidth, 1, windowWidth), stepWidth);
        sumGrid(line + <usize>((left - j * dilationWidth) / strideWidth) * tap,
          filter + <usize>(i * windowWidth + j) * tap, rows, columns, dx, 0);
        dx += pixel;
      }
    }
  }
}

/**
 * Gradient of `depthwiseConvolve` with respect to the filter: each element is for each image a sum over its output
 * positions in row-major order, from +0, and these are added up in the images' order, from +0. So the images' own
 * gradients, computed anywhere, add up to the same bits.
 */
export function depthwiseBackpropFilter(x: usize, dy: usize, dFilter: usize, multiplier: i32): void {
  const pixel = <usize>channels << 2;
  const tap = pixel * multiplier;
  setGrid(channels * multiplier, multiplier, 1, LINEAR, 0);
  setSteps(pixel * inWidth * strideHeight, pixel * strideWidth, tap * outWidth, tap);
  memory.fill(dFilter, 0, tap * windowHeight * windowWidth);
  for (let image = 0; image < batch; image++) {
    let to = dFilter;
    for (let i = 0; i < windowHeight; i++) {
      const top = i * dilationHeight - padTop;
      const row = firstInside(top, strideHeight);
      const rows = endInside(top, strideHeight, inHeight, outHeight) - row;
      const line = x + <usize>(image * inHeight + top + row * strideHeight) * inWidth * pixel;
      for (let j = 0; j < windowWidth; j++) {
        const left = j * dilationWidth - padLeft;
        const column = firstInside(left, strideWidth);
        const columns = endInside(left, strideWidth, inWidth, outWidth) - column;
        sumGrid(line + <usize>(left + column * strideWidth) * pixel,
          dy + <usize>((image * outHeight + row) * outWidth + column) * tap, rows, columns, to, to);
        to += tap;
      }
    }
  }
}
