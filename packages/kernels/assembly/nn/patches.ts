import { addRun, copyRun } from './copy';
import {
  channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';

@inline
function imagePosition(image: i32, y: i32, x: i32): usize {
  return <usize>((image * inHeight + y) * inWidth + x) * (<usize>channels << 2);
}

/** im2col: one row of `windowHeight x windowWidth x channels` numbers for each output position in [first, last); zeros outside the image. */
export function gatherPatches(images: usize, first: i32, last: i32, patches: usize): void {
  movePatches(images, first, last, patches, false);
}

/** col2im: adds each row of `patches` back to where `gatherPatches` took it from, in the order of the rows. */
export function scatterPatches(patches: usize, first: i32, last: i32, images: usize): void {
  movePatches(images, first, last, patches, true);
}

/** One walk for both ways; inlined, so that `back` is a constant in each. */
@inline
function movePatches(images: usize, first: i32, last: i32, patches: usize, back: bool): void {
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
      for (let j = 0; j < windowWidth; j++) {
        const x = left + j * dilationWidth;
        if (inside && <u32>x < <u32>inWidth) {
          const pixel = images + imagePosition(image, y, x);
          if (back) addRun(pixel, patches, run);
          else copyRun(patches, pixel, run);
        } else if (!back) {
          memory.fill(patches, 0, run);
        }
        patches += run;
      }
    }
  }
}
