export { affinities } from './affinities';
export { center, descend } from './descend';
export { attract, divergence } from './edges';
export { repel, repelExactly, repulsionScratch } from './repulsion';
export { settle, settleScratch } from './settle';
