import { isRevectorizing } from '../revectorize.ts';
import type { NnKernels, Tile } from './kernels.ts';

const [M, N, K] = [32, 64, 128];
const TILES: readonly Tile[] = ['narrow', 'wide'];
const WHOLE_BUDGET_MS = 30;

/**
 * Sets `nn` to the tile that multiplies faster in this engine on this machine, and returns it.
 *
 * A V8 that widens SIMD (see {@link enableRevectorization}) is fastest by the wide tile, any other engine by the narrow
 * one, and no program can ask which it runs on: so small products are timed by both in turns, and the best time decides.
 * Results are the same bits by either tile.
 *
 * @param now a clock in milliseconds.
 * @param budgetMs how long to measure. Engines first run a quick translation and replace it by optimized code while it
 * is being used, which takes V8 about 10 ms: the best time must come from after that.
 * @example
 * const tile = chooseTile(nn); // 'narrow' or 'wide'
 */
export function chooseTile(
  nn: Pick<NnKernels, 'arithmetic' | 'gemm' | 'memory' | 'setTile'>,
  {
    now = () => performance.now(),
    budgetMs = WHOLE_BUDGET_MS,
  }: { now?: () => number; budgetMs?: number } = {},
): Tile {
  const { memory } = nn;
  const operands = memory.allocate(4 * (M * K + K * N + M * N));
  try {
    new Float32Array(memory.memory.buffer, operands, M * K + K * N).fill(1);
    const a = { pointer: operands, rowStride: K, columnStride: 1 };
    const b = { pointer: operands + 4 * M * K, rowStride: N, columnStride: 1 };
    const c = b.pointer + 4 * K * N;
    const best = { narrow: Number.POSITIVE_INFINITY, wide: Number.POSITIVE_INFINITY };
    const begin = now();
    do {
      for (const tile of TILES) {
        nn.setTile(tile);
        const start = now();
        nn.gemm(M, N, K, a, b, c);
        best[tile] = Math.min(best[tile], now() - start);
      }
    } while (now() - begin < budgetMs);
    const tile = best.wide < best.narrow ? 'wide' : 'narrow';
    nn.setTile(tile);
    return tile;
  } finally {
    memory.free(operands);
  }
}

// By whether this engine widens SIMD and how it rounds, on this machine: nothing else changes while a program runs.
const known = new Map<string, Tile>();

/**
 * As {@link chooseTile}, which is asked once a program: later kernels are set to what it found. An answer of less than its
 * whole budget is not remembered.
 *
 * @example
 * const tile = setFastestTile(nn); // 30 ms the first time, then none
 */
export function setFastestTile(
  nn: Parameters<typeof chooseTile>[0],
  { budgetMs = WHOLE_BUDGET_MS, ...options }: Parameters<typeof chooseTile>[1] = {},
): Tile {
  const kind = `${nn.arithmetic} ${isRevectorizing()}`;
  const found = known.get(kind);
  if (found) nn.setTile(found);
  const tile = found ?? chooseTile(nn, { budgetMs, ...options });
  if (budgetMs >= WHOLE_BUDGET_MS) known.set(kind, tile);
  return tile;
}
