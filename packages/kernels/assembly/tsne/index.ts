export { affinities } from './affinities';
export { giveRoom, roomBytes } from '../nn/constants';
export { center, descend } from './descend';
export { attract, divergence } from './edges';
export { arrange, repel, repelExactly, repulsionScratch } from './repulsion';
export { settle, settleScratch } from './settle';
