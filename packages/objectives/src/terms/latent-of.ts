import { LatentkitError } from '@latentkit/core';
import type { Latent, Pass } from '@latentkit/models';

/** A pass's latent variable. Throws `E_CONFIG` where codes are points. */
export function latentOf({ latents: { z } }: Pass, term: string): Latent {
  if (z) return z;
  throw new LatentkitError(
    'E_CONFIG',
    `${term}: this model's codes are points, with no distribution to measure`,
    {
      fix: "Leave the term out, or take a model of kind 'vae'",
    },
  );
}
