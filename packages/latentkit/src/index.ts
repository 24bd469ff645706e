// One line a package: everything is documented where it lives.
export * from '@latentkit/backend';
export * from '@latentkit/core';
export * from '@latentkit/datasets';
export * from '@latentkit/datasets/import';
export * from '@latentkit/evaluation';
export * from '@latentkit/experiment';
export * from '@latentkit/figures';
export * from '@latentkit/formats';
export * from '@latentkit/interop';
export * from '@latentkit/losses';
export * from '@latentkit/models';
export * from '@latentkit/models/saved';
export * from '@latentkit/objectives';
export * from '@latentkit/projections';
export * from '@latentkit/sweeps';
export * from '@latentkit/trainers';
