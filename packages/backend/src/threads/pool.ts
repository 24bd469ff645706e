import type { NnKernels } from '@latentkit/kernels/nn';
import type { Program } from '../program/program.ts';

/** Threads that run programs together. One run at a time. */
export interface Pool {
  readonly size: number;
  /** Of the caller's own thread, in the pool's memory. */
  readonly nn: NnKernels;
  load(id: number, program: Program): void;
  unload(id: number): void;
  /** Resolves when every thread has done its share. Rejects with `E_BACKEND` when one died; the pool is then over. */
  run(id: number, coefficients: readonly number[]): Promise<void>;
  close(): void;
}
