import {
  channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';

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
