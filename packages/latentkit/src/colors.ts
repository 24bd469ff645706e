export * from '@latentkit/figures/colors';
