import type { ConvolutionGeometry } from '../nn/geometry.ts';

/** Gradient of max pooling: each window's dy goes to its first largest element inside the image. */
export function naiveMaxPoolBackprop(
  g: ConvolutionGeometry,
  x: Float32Array,
  dy: Float32Array,
): Float32Array {
  const dx = new Float32Array(x.length);
  let next = 0;
  for (let image = 0; image < g.batch; image++) {
    for (let row = 0; row < g.outHeight; row++) {
      for (let column = 0; column < g.outWidth; column++) {
        for (let channel = 0; channel < g.channels; channel++) {
          const inside: number[] = [];
          for (let i = 0; i < g.windowHeight; i++) {
            for (let j = 0; j < g.windowWidth; j++) {
              const y = row * g.strideHeight - g.padTop + i * g.dilationHeight;
              const across = column * g.strideWidth - g.padLeft + j * g.dilationWidth;
              if (y < 0 || y >= g.inHeight || across < 0 || across >= g.inWidth) continue;
              inside.push(((image * g.inHeight + y) * g.inWidth + across) * g.channels + channel);
            }
          }
          const largest = Math.max(...inside.map((index) => x[index]!));
          const winner = inside.find((index) => x[index] === largest);
          if (winner !== undefined) dx[winner]! += dy[next]!;
          next++;
        }
      }
    }
  }
  return dx;
}
