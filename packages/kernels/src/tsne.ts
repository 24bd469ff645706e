export { createTsneKernels, type DescentState, type Edges, type TsneKernels } from './tsne/kernels.ts';
