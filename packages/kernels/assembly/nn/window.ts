import {
  channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';
import { paddedWidth } from './pad';
import { ROWS } from './tile';

/**
 * The addresses that `multiplyTile` reads for `count` windows from position `first` on: for each four positions, for
 * each tap, the pixel under it in each of the four, or `zeros` outside the image.
 */
export function addressTaps(images: usize, first: i32, count: i32, zeros: usize, tables: usize): void {
  const pixelBytes = <usize>channels << 2;
  const filled = (count + ROWS - 1) & -ROWS;
  const tableBytes = <usize>(windowHeight * windowWidth * 4 * ROWS);
  for (let p = 0; p < filled; p++) {
    // What fills the last tile repeats its last position.
    const position = first + min(p, count - 1);
    const line = position / outWidth;
    const image = line / outHeight;
    const top = (line % outHeight) * strideHeight - padTop;
    const left = (position % outWidth) * strideWidth - padLeft;
    let to = tables + <usize>(p / ROWS) * tableBytes + (<usize>(p % ROWS) << 2);
    for (let i = 0; i < windowHeight; i++) {
      const y = top + i * dilationHeight;
      const inside = <u32>y < <u32>inHeight;
      const row = (image * inHeight + y) * inWidth;
      for (let j = 0; j < windowWidth; j++) {
        const x = left + j * dilationWidth;
        store<u32>(to, <u32>(inside && <u32>x < <u32>inWidth ? images + <usize>(row + x) * pixelBytes : zeros));
        to += 4 * ROWS;
      }
    }
  }
}

/** The same for windows of a padded image, of which `runs` runs of a window lie in one piece each. */
export function addressRuns(padded: usize, first: i32, count: i32, runs: i32, tables: usize): void {
  const filled = (count + ROWS - 1) & -ROWS;
  const pixelBytes = <usize>channels << 2;
  const lineBytes = <usize>paddedWidth() * pixelBytes;
  const across = runs / windowHeight;
  const down = <usize>dilationHeight * lineBytes;
  for (let p = 0; p < filled; p++) {
    const position = first + min(p, count - 1);
    let from = padded + <usize>(position / outWidth * strideHeight) * lineBytes +
      <usize>(position % outWidth * strideWidth) * pixelBytes;
    let to = tables + <usize>(p / ROWS * runs * 4 * ROWS) + (<usize>(p % ROWS) << 2);
    for (let i = 0; i < windowHeight; i++) {
      for (let j = 0; j < across; j++) {
        store<u32>(to, <u32>(from + <usize>(j * dilationWidth) * pixelBytes));
        to += 4 * ROWS;
      }
      from += down;
    }
  }
}

/**
 * Copies the windows of positions [first, last) to panels of four numbers of a window: a panel for each four channels of
 * each tap, `panelBytes` apart, with one row for each position; zeros outside the image. Channels are a multiple of four.
 */
export function gatherGroups(images: usize, first: i32, last: i32, to: usize, panelBytes: usize): void {
  const pixelBytes = <usize>channels << 2;
  for (let i = 0; i < windowHeight; i++) {
    for (let j = 0; j < windowWidth; j++) {
      let line = first / outWidth, column = first % outWidth, at = to;
      let y = (line % outHeight) * strideHeight - padTop + i * dilationHeight;
      for (let position = first; position < last; position++) {
        const x = column * strideWidth - padLeft + j * dilationWidth;
        let panel = at;
        if (<u32>y < <u32>inHeight && <u32>x < <u32>inWidth) {
          const pixel = images + <usize>((line / outHeight * inHeight + y) * inWidth + x) * pixelBytes;
          for (let channel: usize = 0; channel < pixelBytes; channel += 16) {
            v128.store(panel, v128.load(pixel + channel));
            panel += panelBytes;
          }
        } else {
          for (let channel: usize = 0; channel < pixelBytes; channel += 16) {
            v128.store(panel, f32x4.splat(0));
            panel += panelBytes;
          }
        }
        at += 16;
        if (++column == outWidth) {
          column = 0;
          line++;
          y = (line % outHeight) * strideHeight - padTop + i * dilationHeight;
        }
      }
      to += (pixelBytes >> 4) * panelBytes;
    }
  }
}
