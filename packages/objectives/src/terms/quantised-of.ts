import { LatentkitError } from '@latentkit/core';
import type { Pass, Quantised } from '@latentkit/models';

/** What became of the encoder's vectors. Throws `E_CONFIG` where there is no codebook. */
export function quantisedOf({ quantised }: Pass, term: string): Quantised {
  if (quantised) return quantised;
  throw new LatentkitError('E_CONFIG', `${term}: this model's codes are not vectors of a codebook`, {
    fix: "Leave the term out, or take a model of kind 'vq'",
  });
}
