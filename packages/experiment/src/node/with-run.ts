import { createAccelerator } from '@latentkit/backend';
import type { Accelerator } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type LoadedRun, loadRun } from './load-run.ts';

/** A run with what computes for it. */
export interface OpenedRun {
  readonly run: LoadedRun;
  /** Where it lies, for messages. */
  readonly directory: string;
  readonly accelerator: Accelerator<Tensor>;
}

export interface WithRunOptions {
  workers?: number | undefined;
  onNote?: ((note: string) => void) | undefined;
}

/** Opens a run for as long as something is computed by it. @throws as `loadRun` and `createAccelerator`. */
export async function withRun<Result>(
  directory: string,
  { workers, onNote }: WithRunOptions,
  use: (opened: OpenedRun) => Promise<Result>,
): Promise<Result> {
  const run = await loadRun(directory);
  try {
    const accelerator = await createAccelerator({
      ...(workers !== undefined && { workers }),
      ...(onNote && { onNote }),
    });
    try {
      return await use({ run, directory, accelerator });
    } finally {
      await accelerator.close();
    }
  } finally {
    run.dispose();
  }
}
