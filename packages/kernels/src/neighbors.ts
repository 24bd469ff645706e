export {
  createNeighborKernels,
  type NeighborKernels,
  type NeighborLists,
  type NeighborTarget,
  type Refinement,
} from './neighbors/kernels.ts';
export type { ChosenTile, ProductTile } from './neighbors/product-tile.ts';
export type { RankCount, RankKernels } from './neighbors/ranks.ts';
