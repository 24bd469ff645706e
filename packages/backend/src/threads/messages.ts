import type { Arithmetic, Tile } from '@latentkit/kernels/nn';
import type { Program } from '../program/program.ts';
import type { Call } from './calls.ts';

/** What a worker is told. */
export type ToWorker =
  | {
      readonly type: 'start';
      readonly memory: WebAssembly.Memory;
      /** Pointers to the control block, and to where calls are left. */
      readonly control: number;
      readonly calls: number;
      readonly workers: number;
      /** Number 0, if a worker has it, tells when a run is over. */
      readonly index: number;
      readonly tile: Tile;
      /** Left out of strict ones, which a worker has. */
      readonly arithmetic?: Arithmetic | undefined;
    }
  | { readonly type: 'load'; readonly id: number; readonly program: Program }
  | { readonly type: 'unload'; readonly id: number }
  | ({ readonly type: 'run' } & Call);

/** What a worker answers. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string };
