// Kernels of UMAP's optimization, on raw memory.
export { setForces } from './force';
export { optimizePlane } from './plane';
export { select } from './select';
export { optimizeSpace } from './space';
