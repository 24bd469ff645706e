import { LatentkitError } from '@latentkit/core';
import type { Latent, Pass } from '@latentkit/models';

export type LatentName = 'z' | 'z2';

/** What a term of one latent is called: by itself of z, with its latent's name of another. */
export function ofLatent(term: { name: string; title: string }, latent: LatentName): typeof term {
  return latent === 'z' ? term : { name: `${term.name}Z2`, title: `${term.title} of z2` };
}

/** A latent variable of a pass. Throws `E_CONFIG` where codes are points, or have one level. */
export function latentOf({ latents }: Pass, term: string, name: LatentName = 'z'): Latent {
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
