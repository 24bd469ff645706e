export * from '@latentkit/datasets/node';
export * from '@latentkit/experiment/node';
export * from '@latentkit/figures/node';
