// As assembly/nn/packed.ts lays them: a head, then panels of so many columns.
const HEAD = 64;
const PANEL_COLUMNS = 16;

/** Bytes that `packRight` takes for a right operand `[k, n]`: its own, filled up to whole panels, and a head. */
export function packedBytes(n: number, k: number): number {
  return HEAD + 4 * Math.ceil(n / PANEL_COLUMNS) * PANEL_COLUMNS * k;
}
