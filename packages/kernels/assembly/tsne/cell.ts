// A cell of the tree, a record of 48 bytes: the points `[start, end)` of the sorted ones. Cells stand in depth-first
// order: the first child follows its parent, and `next` is the cell after all descendants, which is the next sibling.

export const CELL_BYTES: usize = 48;

// Byte offsets in a record.
export const CENTER_X: usize = 0;
export const CENTER_Y: usize = 4;
export const MASS: usize = 8;
/** Square of the longer side of the box around the points. */
export const SIDE_2: usize = 12;
export const MIN_X: usize = 16;
export const MIN_Y: usize = 20;
export const MAX_X: usize = 24;
export const MAX_Y: usize = 28;
export const START: usize = 32;
export const END: usize = 36;
export const NEXT: usize = 40;
/** Mean squared distance of the points from their centre. */
export const SPREAD: usize = 44;

@inline
export function isLeaf(cell: usize): bool {
  return load<usize>(cell, NEXT) == cell + CELL_BYTES;
}
