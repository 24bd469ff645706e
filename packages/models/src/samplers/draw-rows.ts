import { checkValue, whole } from '@latentkit/core/options';

/** `count` codes, each made by itself. */
export function drawRows(
  where: string,
  count: number,
  latentDim: number,
  draw: (row: number, code: Float32Array) => void,
): Float32Array {
  checkValue(where, 'count', count, whole(1));
  const codes = new Float32Array(count * latentDim);
  for (let row = 0; row < count; row++) draw(row, codes.subarray(row * latentDim, (row + 1) * latentDim));
  return codes;
}
