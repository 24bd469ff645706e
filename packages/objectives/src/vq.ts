import { LatentkitError } from '@latentkit/core';
import { fields, optional, scheduleSchema, word } from '@latentkit/core/schema';
import { objectiveKind } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import { commitment } from './terms/commitment.ts';
import { perplexity } from './terms/perplexity.ts';
import { reconstruction } from './terms/reconstruction.ts';

/**
 * VQ-VAE: the reconstruction, and a commitment of the encoder to its codes. The codes move by moving averages, not by this loss.
 *
 * @see van den Oord et al.: "Neural discrete representation learning" (2017), equation 3, appendix A.1
 */
export const vq = objectiveKind('vq', {
  fields: fields({ type: word('vq'), commitment: optional(scheduleSchema) }),
  create(model, { commitment: weight }, { examples }) {
    const { codebook, spec } = model;
    if (!codebook) {
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: 'vq' needs codes of a codebook, which kind '${spec.kind}' does not have`,
        { fix: "Use kind 'vq', or the objective 'elbo'" },
      );
    }
    const { size, vectors } = codebook;
    if (examples !== undefined && size > examples * vectors) {
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: the codebook has ${size} codes, and ${examples} images have ${examples * vectors} vectors to be told apart`,
        { fix: `Make codebook.size at most ${examples * vectors}, or train on more images` },
      );
    }
    return ofTerms(model, [reconstruction(), commitment({ weight }), perplexity()]);
  },
});
