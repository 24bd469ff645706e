import { addRun } from './copy';
import {
  channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';

/**
 * col2im: adds each of `patches`, a row of `windowHeight x windowWidth x channels` numbers for each position in
 * [first, last), to the pixels under its window, in the order of the rows; what lies outside the image is dropped.
 */
export function scatterPatches(patches: usize, first: i32, last: i32, images: usize): void {
  const run = <usize>channels << 2;
  for (let position = first; position < last; position++) {
    const column = position % outWidth;
    const line = position / outWidth;
    const top = (line % outHeight) * strideHeight - padTop;
    const left = column * strideWidth - padLeft;
    const image = line / outHeight;
    for (let i = 0; i < windowHeight; i++) {
      const y = top + i * dilationHeight;
      const inside = <u32>y < <u32>inHeight;
      const row = (image * inHeight + y) * inWidth;
      for (let j = 0; j < windowWidth; j++) {
        const x = left + j * dilationWidth;
        if (inside && <u32>x < <u32>inWidth) addRun(images + <usize>(row + x) * run, patches, run);
        patches += run;
      }
    }
  }
}
