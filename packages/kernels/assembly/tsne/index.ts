export { affinities } from './affinities';
export { giveRoom, roomBytes } from '../nn/constants';
export { center, descend } from './descend';
export { attract, divergence } from './edges';
export {
  arrange, cutTree, joiningScratch, joinRepulsion, normalization, plant, repel, repelExactly, repelShare, repulsionScratch,
} from './repulsion';
export { settle, settleScratch } from './settle';
