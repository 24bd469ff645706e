import { describeShape, type ImageShape, LatentkitError, pixelCount } from '@latentkit/core';
import { checkValue, having, listRule } from '@latentkit/core/options';

const WINDOW = 7;
const C1 = 0.01 ** 2;
const C2 = 0.03 ** 2;

const shapeRule = having('a shape', { height: 'number', width: 'number', channels: 'number' });

/**
 * Structural similarity of two images in [0, 1]: the mean over all windows of 7 x 7 pixels, and over channels, of
 * `(2 mx my + C1)(2 cov + C2) / ((mx^2 + my^2 + C1)(vx + vy + C2))`, with sample variances, `C1 = 0.01^2`, `C2 = 0.03^2`.
 *
 * @param a `[height, width, channels]`.
 * @returns 1 for equal images, at least -1.
 * @throws `E_SHAPE` for images of another size than the shape's, or smaller than a window.
 * @see Wang et al.: "Image quality assessment: from error visibility to structural similarity" (2004), equation 13; uniform windows,
 * as scikit-image has them by default
 * @example
 * structuralSimilarity(image, reconstruction, { height: 28, width: 28, channels: 1 });
 */
export function structuralSimilarity(a: ArrayLike<number>, b: ArrayLike<number>, shape: ImageShape): number {
  checkValue('structuralSimilarity', 'a', a, listRule);
  checkValue('structuralSimilarity', 'b', b, listRule);
  checkValue('structuralSimilarity', 'shape', shape, shapeRule);
  const { height, width, channels } = shape;
  const size = pixelCount(shape);
  if (height < WINDOW || width < WINDOW || a.length !== size || b.length !== size) {
    throw new LatentkitError(
      'E_SHAPE',
      `structuralSimilarity: expected two images of ${describeShape(shape)}, of at least ${WINDOW} x ${WINDOW} pixels, got ${a.length} and ${b.length} numbers`,
    );
  }
  const inWindow = WINDOW * WINDOW;
  const sample = inWindow / (inWindow - 1);
  // Sums over a window's rows, of each column: the next window's are without its highest row and with the one below it.
  const columns = Array.from({ length: 5 }, () => new Float64Array(width));
  const [xs, ys, xxs, yys, xys] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let sum = 0;
  for (let c = 0; c < channels; c++) {
    for (const column of columns) column.fill(0);
    const addRow = (row: number, sign: 1 | -1) => {
      for (let column = 0; column < width; column++) {
        const at = (row * width + column) * channels + c;
        const [p, q] = [a[at]!, b[at]!];
        xs[column]! += sign * p;
        ys[column]! += sign * q;
        xxs[column]! += sign * p * p;
        yys[column]! += sign * q * q;
        xys[column]! += sign * p * q;
      }
    };
    for (let row = 0; row < WINDOW - 1; row++) addRow(row, 1);
    for (let top = 0; top + WINDOW <= height; top++) {
      addRow(top + WINDOW - 1, 1);
      if (top > 0) addRow(top - 1, -1);
      for (let left = 0; left + WINDOW <= width; left++) {
        let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
        for (let column = left; column < left + WINDOW; column++) {
          x += xs[column]!;
          y += ys[column]!;
          xx += xxs[column]!;
          yy += yys[column]!;
          xy += xys[column]!;
        }
        const [mx, my] = [x / inWindow, y / inWindow];
        const vx = sample * (xx / inWindow - mx * mx);
        const vy = sample * (yy / inWindow - my * my);
        const covariance = sample * (xy / inWindow - mx * my);
        sum += ((2 * mx * my + C1) * (2 * covariance + C2)) / ((mx * mx + my * my + C1) * (vx + vy + C2));
      }
    }
  }
  return sum / ((height - WINDOW + 1) * (width - WINDOW + 1) * channels);
}
