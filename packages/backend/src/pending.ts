import type { Tile } from '@latentkit/kernels/nn';
export const chooseTile = (_: unknown): Tile => 'wide';
export const enableRevectorization = (_: unknown) => {
  (globalThis as any).process
    ?.getBuiltinModule?.('node:v8')
    .setFlagsFromString('--experimental-wasm-revectorize');
};
