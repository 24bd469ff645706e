import { copyRun } from './copy';
import {
  channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';

/** Columns that the windows reach over, from the first one's first to the last one's last. */
export function paddedWidth(): i32 {
  return max(0, (outWidth - 1) * strideWidth + (windowWidth - 1) * dilationWidth + 1);
}

/** Lines that the windows reach over. */
export function paddedHeight(): i32 {
  return max(0, (outHeight - 1) * strideHeight + (windowHeight - 1) * dilationHeight + 1);
}

export function paddedBytes(): usize {
  return <usize>(paddedHeight() * paddedWidth() * channels) << 2;
}

/** Copies what the windows see of an image: window (i, j) begins at line `i strideHeight`, column `j strideWidth`. */
export function padImage(image: usize, to: usize): void {
  const run = <usize>channels << 2;
  const width = paddedWidth();
  const left = min(max(0, padLeft), width);
  const right = max(left, min(width, inWidth + padLeft)); // padding may be negative: an image that is not seen whole
  const from = image + <usize>(left - padLeft) * run;
  for (let line = 0; line < paddedHeight(); line++) {
    const y = line - padTop;
    if (<u32>y < <u32>inHeight) {
      memory.fill(to, 0, <usize>left * run);
      copyRun(to + <usize>left * run, from + <usize>(y * inWidth) * run, <usize>(right - left) * run);
      memory.fill(to + <usize>right * run, 0, <usize>(width - right) * run);
    } else {
      memory.fill(to, 0, <usize>width * run);
    }
    to += <usize>width * run;
  }
}
