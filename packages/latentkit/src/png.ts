export * from '@latentkit/figures/png';
