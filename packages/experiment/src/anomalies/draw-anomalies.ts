import { type ImageShape, pixelCount, pixelsToFloats } from '@latentkit/core';
import type { TableColumn } from '@latentkit/core/table';
import { decodeTable } from '@latentkit/datasets';
import { drawImageRows, plotCells } from '@latentkit/figures';
import { heatMaps } from './heat.ts';

/** Examples with what was expected in their place, and where they differ. */
export interface ShownAnomalies {
  /** `[count, height, width, channels]`, as a set has them. */
  readonly images: Uint8Array | Float32Array;
  readonly shape: ImageShape;
  readonly expected: Float32Array;
  /** `[count, height, width, channels]`, or `[count, columns]` of a table. */
  readonly heat: Float32Array;
  /** What stands below an image, or beside a row. */
  readonly captions: readonly string[];
  /** Of a table. */
  readonly columns?: readonly TableColumn[];
  readonly title: string;
  readonly subtitle: string;
}

const MOST_IN_ROW = 12;
/** What a pixel becomes that differs most; one that does not is white. */
const HOT = [0xd9, 0x57, 0x1e].map((value) => value / 255);
const WIDTH = 1100;

/** The picture of anomalies: images over what was expected and a heat map of the difference, or a table with its cells coloured. */
export function drawAnomalies(shown: ShownAnomalies): string {
  return shown.columns ? drawRows(shown, shown.columns) : drawImages(shown);
}

function drawImages({ images, shape, expected, heat, captions, title, subtitle }: ShownAnomalies): string {
  const { height, width, channels } = shape;
  const [count, size, color] = [captions.length, pixelCount(shape), height * width * 3];
  const bands = Math.ceil(count / MOST_IN_ROW);
  const columns = Math.ceil(count / bands);
  const all = new Float32Array(3 * bands * columns * color).fill(1);
  const given = pixelsToFloats(images);
  const { strengths } = heatMaps(heat, shape);
  for (let i = 0; i < count; i++) {
    const [band, column] = [Math.floor(i / columns), i % columns];
    const placeOf = (row: number) => ((3 * band + row) * columns + column) * color;
    for (let pixel = 0; pixel < height * width; pixel++) {
      const strength = strengths[i * height * width + pixel]!;
      for (let c = 0; c < 3; c++) {
        const from = i * size + pixel * channels + Math.min(c, channels - 1);
        all[placeOf(0) + pixel * 3 + c] = clip(given[from]!);
        all[placeOf(1) + pixel * 3 + c] = clip(expected[from]!);
        all[placeOf(2) + pixel * 3 + c] = 1 - strength * (1 - HOT[c]!);
      }
    }
  }
  return drawImageRows(
    {
      images: all,
      shape: { height, width, channels: 3 },
      rows: Array.from({ length: 3 * bands }, (_, row) => ({
        name: ['image', 'expected', 'difference'][row % 3]!,
      })),
      isBlank: (row, column) => Math.floor(row / 3) * columns + column >= count,
      ...(bands === 1 && { columns: captions }),
    },
    { title, subtitle, width: WIDTH },
  );
}

const clip = (value: number) => Math.min(1, Math.max(0, value));

function drawRows(
  { images, heat, captions, title, subtitle }: ShownAnomalies,
  columns: readonly TableColumn[],
): string {
  const texts = decodeTable(columns, images).flat().map(inShort);
  return plotCells(
    { rows: captions, columns: columns.map(({ name }) => name), values: heat, texts },
    { title, subtitle, width: WIDTH },
  );
}

const DIGITS = 4;

/** A cell as one reads it. */
export function inShort(cell: number | string): string {
  return typeof cell === 'number' ? String(Number(cell.toPrecision(DIGITS))) : cell;
}
