import type { Tile } from '@latentkit/kernels/nn';
import type { Program } from '../program/program.ts';

/** What a worker is told. */
export type ToWorker =
  | {
      readonly type: 'start';
      readonly memory: WebAssembly.Memory;
      /** Pointer to the control block. */
      readonly control: number;
      readonly workers: number;
      /** Number 0, if a worker has it, tells when a run is over. */
      readonly index: number;
      readonly tile: Tile;
    }
  | { readonly type: 'load'; readonly id: number; readonly program: Program }
  | { readonly type: 'unload'; readonly id: number }
  | { readonly type: 'run'; readonly id: number; readonly coefficients: readonly number[] };

/** What a worker answers. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string };
