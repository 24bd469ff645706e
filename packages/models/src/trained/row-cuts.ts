import { pixelCount, sizeOfShape } from '@latentkit/core';
import { layersOf } from '../layer-plan.ts';
import type { Model } from '../model.ts';

const NUMBERS_AT_ONCE = 2 ** 22; // of a layer: 16 MiB

export interface CallSizes {
  /** Images a call, at most. */
  mostRows: number;
  /** Whether calls are recorded by their size: then a rest is cut into powers of two, so that there are few sizes. */
  isRecorded?: boolean;
}

/** Cuts rows `0 .. count` into runs of them. */
export type RowCuts = (count: number) => Generator<{ readonly first: number; readonly end: number }>;

/** Some rows at a time: at most `mostRows`, as many as fit where layers are wide. */
export function rowCuts(model: Model, { mostRows, isRecorded = false }: CallSizes): RowCuts {
  const rowsAtOnce = chooseRows(model, mostRows);
  return function* cuts(count) {
    for (let first = 0, end = 0; first < count; first = end) {
      const rows = Math.min(rowsAtOnce, count - first);
      end = first + (isRecorded && rows < rowsAtOnce ? 2 ** (31 - Math.clz32(rows)) : rows);
      yield { first, end };
    }
  };
}

/** So many rows that the widest layer's numbers fit the room; a row is a row to every layer, so results do not depend on it. */
function chooseRows({ plan, spec }: Model, most: number): number {
  const widths = layersOf(plan).map(({ outputShape }) => sizeOfShape(outputShape));
  const widest = Math.max(pixelCount(spec.image), ...widths);
  return Math.max(1, Math.min(most, Math.floor(NUMBERS_AT_ONCE / widest)));
}
