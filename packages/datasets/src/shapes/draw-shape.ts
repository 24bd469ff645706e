import { portableCos, portableSin } from '@latentkit/core';

export const SHAPE_SIDE = 64;

/** What a drawn shape is made from, and how many values each factor takes: those of dSprites. */
export const SHAPE_FACTORS = ['shape', 'scale', 'orientation', 'x', 'y'] as const;
export type ShapeFactor = (typeof SHAPE_FACTORS)[number];
export const SHAPE_SIZES: Readonly<Record<ShapeFactor, number>> = {
  shape: 3,
  scale: 6,
  orientation: 40,
  x: 32,
  y: 32,
};

/** Whole numbers from 0, below each factor's size. */
export type ShapeValues = Readonly<Record<ShapeFactor, number>>;

/** The values of the factor `shape`. */
export const SHAPE_NAMES = ['square', 'ellipse', 'heart'];

/** Half a square's side, in halves of a shape's extent; an ellipse is twice as long as wide. */
const SQUARE = 0.75;
const REACH = 1.2; // how far any shape lies from its middle, in halves of its extent: the heart's lobes are at 1.14
const LARGEST = 11; // half the extent of the largest, in pixels: it lies within the image wherever its middle is
const FIRST_MIDDLE = 16;
const LAST_MIDDLE = SHAPE_SIDE - 1 - FIRST_MIDDLE;

/** Whether a point lies within, of shapes whose extent is from -1 to 1; the y axis points downwards. */
const WITHIN: readonly ((u: number, v: number) => boolean)[] = [
  (u, v) => Math.abs(u) <= SQUARE && Math.abs(v) <= SQUARE,
  (u, v) => u * u + 4 * v * v <= 1,
  heart,
];

/** The curve `(x^2 + y^2 - 1)^3 = x^2 y^3`, which reaches to 1.24, made smaller. */
function heart(u: number, v: number): boolean {
  const [x, y] = [1.25 * u, -1.25 * v];
  const r = x * x + y * y - 1;
  return r * r * r <= x * x * y * y * y;
}

/**
 * Draws a white shape on black, 64 x 64: a pixel is white where its middle lies within the shape.
 *
 * @param out 4,096 bytes of zeros.
 */
export function drawShape({ shape, scale, orientation, x, y }: ShapeValues, out: Uint8Array): void {
  const extent = LARGEST * (0.5 + (0.5 * scale) / (SHAPE_SIZES.scale - 1));
  const angle = (2 * Math.PI * orientation) / SHAPE_SIZES.orientation;
  const [cos, sin] = [portableCos(angle) / extent, portableSin(angle) / extent];
  const middle = (place: number, size: number) =>
    FIRST_MIDDLE + ((LAST_MIDDLE - FIRST_MIDDLE) * place) / (size - 1);
  const [left, top] = [middle(x, SHAPE_SIZES.x), middle(y, SHAPE_SIZES.y)];
  const isWithin = WITHIN[shape]!;
  const around = (middle: number) => [
    Math.ceil(middle - REACH * extent),
    Math.floor(middle + REACH * extent),
  ];
  const [[firstRow, lastRow], [firstColumn, lastColumn]] = [around(top), around(left)] as [
    number[],
    number[],
  ];
  for (let row = firstRow!; row <= lastRow!; row++) {
    for (let column = firstColumn!; column <= lastColumn!; column++) {
      const [dx, dy] = [column - left, row - top];
      if (isWithin(cos * dx + sin * dy, cos * dy - sin * dx)) out[row * SHAPE_SIDE + column] = 255;
    }
  }
}
