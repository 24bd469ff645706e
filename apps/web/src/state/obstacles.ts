import { LatentkitError } from '@latentkit/core';
import type { ExperimentConfig } from '@latentkit/experiment/config';

/** A module of one function that splats a byte over a vector: valid where WebAssembly knows SIMD (its specification, version 2.0). */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0], // magic, version
  ...[1, 5, 1, 96, 0, 1, 123], // a type: () -> v128
  ...[3, 2, 1, 0], // a function of it
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11], // i32.const 0, i8x16.splat, i8x16.popcnt
);

/** Why nothing can be trained in this browser; undefined where it can. */
export function whyNothingTrains(
  validate: ((bytes: BufferSource) => boolean) | undefined = globalThis.WebAssembly?.validate,
): string | undefined {
  if (validate?.(SIMD)) return undefined;
  return 'This browser cannot run WebAssembly SIMD, which training needs: all browsers since 2023 can. Open the lab in a newer one.';
}

/**
 * Why a page cannot train by a config that the command line can, or go on with a run that it has stopped; undefined where it can. One that
 * is trained already can be looked at.
 */
export function whyNotOnAPage(
  { training }: ExperimentConfig,
  { goesOn = false } = {},
): LatentkitError | undefined {
  if (training.arithmetic !== 'fused') return undefined;
  return new LatentkitError(
    'E_CONFIG',
    "config: training.arithmetic is 'fused', and a page trains with 'strict' alone, which leads to other weights",
    {
      fix: goesOn
        ? 'Download it, and let latentkit go on with it in a terminal'
        : "Set it to 'strict', or let latentkit train it in a terminal",
    },
  );
}
