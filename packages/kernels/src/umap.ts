export { createUmapKernels, type EdgeSample, type UmapKernels } from './umap/kernels.ts';
