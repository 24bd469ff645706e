import { sizeOfShape } from '@latentkit/core';
import type { ThreeLevels } from '@latentkit/kernels/nn';

/** Loops over two operands, and how far each goes at each level; 0 repeats it. */
export interface BroadcastLevels {
  sizes: ThreeLevels;
  aStrides: ThreeLevels;
  bStrides: ThreeLevels;
}

interface Level {
  size: number;
  a: number;
  b: number;
}

/**
 * Two shapes broadcast to `out` as loops over at most three levels, as nearly all broadcasting can be: same shapes, a
 * scalar, a bias, a column, each row with each. Undefined where it takes more.
 */
export function broadcastLevels(
  a: readonly number[],
  b: readonly number[],
  out: readonly number[],
): BroadcastLevels | undefined {
  const levels: Level[] = []; // innermost first
  for (let i = 1; i <= out.length; i++) {
    const size = out.at(-i)!;
    if (size === 1) continue;
    const next = { size, a: strideAt(a, i), b: strideAt(b, i) };
    const last = levels.at(-1);
    if (last && next.a === last.a * last.size && next.b === last.b * last.size) last.size *= size;
    else levels.push(next);
  }
  if (levels.length > 3) return undefined;
  const at = (level: number) => levels[level] ?? { size: 1, a: 0, b: 0 };
  const ofLevels = (part: keyof Level): ThreeLevels => [at(2)[part], at(1)[part], at(0)[part]];
  return { sizes: ofLevels('size'), aStrides: ofLevels('a'), bStrides: ofLevels('b') };
}

/** Distance between neighbours along the `i`-th dimension from the last; 0 where the shape is repeated along it. */
function strideAt(shape: readonly number[], i: number): number {
  const size = shape.at(-i);
  if (i > shape.length || size === 1) return 0;
  return i === 1 ? 1 : sizeOfShape(shape.slice(shape.length - i + 1));
}
