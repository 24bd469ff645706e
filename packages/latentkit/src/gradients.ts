export * from '@latentkit/backend/gradients';
