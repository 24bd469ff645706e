import {
  batch, channels, dilationHeight, dilationWidth, inHeight, inWidth, outHeight, outWidth, padLeft, padTop, strideHeight,
  strideWidth, windowHeight, windowWidth,
} from './geometry';

@inline
function inputAt(image: i32, y: i32, x: i32, channel: i32): usize {
  return <usize>(((image * inHeight + y) * inWidth + x) * channels + channel) << 2;
}

/** Gradient of max pooling: each window's `dy` goes to its first largest element, whatever its sign. */
export function maxPoolBackprop(x: usize, dy: usize, dx: usize): void {
  memory.fill(dx, 0, <usize>(batch * inHeight * inWidth * channels) << 2);
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        for (let channel = 0; channel < channels; channel++) {
          const at = largestInWindow(x, image, row, column, channel);
          if (at != usize.MAX_VALUE) store<f32>(dx + at, load<f32>(dx + at) + load<f32>(dy));
          dy += 4;
        }
      }
    }
  }
}

/** Byte offset of the window's first largest element; MAX_VALUE if the window lies outside the image. */
function largestInWindow(x: usize, image: i32, row: i32, column: i32, channel: i32): usize {
  let found = usize.MAX_VALUE;
  let largest: f32 = 0;
  for (let i = 0; i < windowHeight; i++) {
    const y = row * strideHeight - padTop + i * dilationHeight;
    if (<u32>y >= <u32>inHeight) continue;
    for (let j = 0; j < windowWidth; j++) {
      const across = column * strideWidth - padLeft + j * dilationWidth;
      if (<u32>across >= <u32>inWidth) continue;
      const at = inputAt(image, y, across, channel);
      const value = load<f32>(x + at);
      if (found == usize.MAX_VALUE || value > largest) {
        found = at;
        largest = value;
      }
    }
  }
  return found;
}
