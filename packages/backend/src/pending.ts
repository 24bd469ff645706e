export const FILTER_CHUNK_IMAGES = 8;
export type Tile = string;
export const chooseTile = (_: unknown): Tile => 'narrow';
export const enableRevectorization = (_: unknown) => { (globalThis as any).process?.getBuiltinModule?.('node:v8').setFlagsFromString('--experimental-wasm-revectorize'); };
