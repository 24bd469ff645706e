import { sizeOfShape } from '@latentkit/core';

/** Strides of two operands over `[outer, inner]`; 0 repeats. */
export interface TwoLevels {
  outer: number;
  inner: number;
  aOuter: number;
  aInner: number;
  bOuter: number;
  bInner: number;
}

interface Level {
  size: number;
  a: number;
  b: number;
}

/**
 * Two shapes broadcast to `out` as loops over at most two levels, as most broadcasting can be: same shapes, a scalar, a
 * bias, a column. Undefined where it takes more.
 */
export function broadcastLevels(
  a: readonly number[],
  b: readonly number[],
  out: readonly number[],
): TwoLevels | undefined {
  const levels: Level[] = []; // innermost first
  for (let i = 1; i <= out.length; i++) {
    const size = out.at(-i)!;
    if (size === 1) continue;
    const next = { size, a: strideAt(a, i), b: strideAt(b, i) };
    const last = levels.at(-1);
    if (last && next.a === last.a * last.size && next.b === last.b * last.size) last.size *= size;
    else levels.push(next);
  }
  if (levels.length > 2) return undefined;
  const [inner = { size: 1, a: 0, b: 0 }, outer = { size: 1, a: 0, b: 0 }] = levels;
  return {
    ...{ outer: outer.size, inner: inner.size },
    ...{ aOuter: outer.a, aInner: inner.a, bOuter: outer.b, bInner: inner.b },
  };
}

/** Distance between neighbours along the `i`-th dimension from the last; 0 where the shape is repeated along it. */
function strideAt(shape: readonly number[], i: number): number {
  const size = shape.at(-i);
  if (i > shape.length || size === 1) return 0;
  return i === 1 ? 1 : sizeOfShape(shape.slice(shape.length - i + 1));
}
