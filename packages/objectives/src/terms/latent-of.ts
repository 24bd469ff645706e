import { LatentkitError } from '@latentkit/core';
import type { Latent, Pass } from '@latentkit/models';

/** A latent variable of a pass. Throws `E_CONFIG` where codes are points, or have one level. */
export function latentOf({ latents }: Pass, term: string, name: 'z' | 'z2' = 'z'): Latent {
  const latent = latents[name];
  if (latent) return latent;
  if (latents.z) {
    throw new LatentkitError(
      'E_CONFIG',
      `${term}: this model has no latent '${name}', its codes are of one level`,
      {
        fix: "Leave the term out, or take a model of kind 'hierarchical'",
      },
    );
  }
  throw new LatentkitError(
    'E_CONFIG',
    `${term}: this model's codes are points, with no distribution to measure`,
    {
      fix: "Leave the term out, or take a model of kind 'vae'",
    },
  );
}
