export { affinities } from './affinities';
export { center, descend } from './descend';
export { attract, divergence } from './edges';
export { plant, repel, repelExactly, repulsionScratch, setGroup, getWork, getSifts } from "./repulsion";
