import { createLists, refineAll, refineOperations, type SearchTask } from './candidate-lists.ts';
import type { NeighborGraph } from './neighbor-graph.ts';
import type { PointMemory } from './point-memory.ts';
import { type WalkedTile, walkOperations, walkTiles } from './walk-tiles.ts';

/**
 * Exact nearest neighbours in bounded pieces; yields the share that is done.
 *
 * Products of tiles find candidates, of which distances are computed anew in float64. Where float32 products cannot rule
 * out that a nearer point was left, all distances of the row are computed.
 *
 * @param also is shown each tile too, which takes so many operations a pair at worst.
 */
export function* exactSearch(
  on: PointMemory,
  task: SearchTask,
  also?: { visit: (tile: WalkedTile) => void; operations: number },
): Generator<number, NeighborGraph> {
  const { neighbors } = on;
  const { points, queries } = task;
  const lists = createLists(on, task);
  const walk = walkOperations((queries ?? points).count, points.count, points.dimensions, !queries);
  const total = walk + refineOperations(task);
  let done = 0;
  const tiles = walkTiles(
    on,
    points,
    queries,
    (tile) => {
      if (tile.pairs === 'both') neighbors.nearestOfBoth(tile, lists);
      else neighbors.nearestOfRows(tile, lists, tile.pairs === 'self');
      also?.visit(tile);
    },
    lists.size + (also?.operations ?? 0), // lists change often at first
  );
  for (const operations of tiles) {
    done += operations;
    yield Math.min(done, walk) / total;
  }

  const refining = refineAll(on, task, lists, false);
  for (;;) {
    const { done, value } = refining.next();
    if (done) return value;
    yield (walk + value * (total - walk)) / total;
  }
}
