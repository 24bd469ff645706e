import { LatentkitError } from '@latentkit/core';

/** Throws `E_CONFIG` for several samples of codes that are points. */
export function requireOneSample(samples: number): void {
  if (samples === 1) return;
  throw new LatentkitError(
    'E_CONFIG',
    `pass: a plain autoencoder has one code an image, got ${samples} samples`,
    {
      fix: "Take kind 'vae', whose codes are distributions.",
    },
  );
}
