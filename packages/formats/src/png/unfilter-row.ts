import { wrongPng } from './png-chunks.ts';

/**
 * Undoes a row's filter in place: 0 none, 1 the pixel to the left, 2 the one above, 3 their mean, 4 Paeth's choice among those
 * and the one above to the left.
 *
 * @param above the row above without its filter; zeros above the first.
 * @param step bytes to the same sample of the pixel to the left.
 * @throws `E_FORMAT` for another filter.
 * @see PNG (third edition), section 9
 */
export function unfilterRow(filter: number, line: Uint8Array, above: Uint8Array, step: number): void {
  if (filter === 0) return;
  if (filter > 4) throw wrongPng(`a row of the filter ${filter}`);
  for (let i = 0; i < line.length; i++) {
    const left = i < step ? 0 : line[i - step]!;
    const up = above[i]!;
    const corner = i < step ? 0 : above[i - step]!;
    line[i]! +=
      filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
  }
}

/** Of left, up and corner the nearest to left + up - corner, the first of equals. */
function paeth(left: number, up: number, corner: number): number {
  const [byLeft, byUp, byCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
