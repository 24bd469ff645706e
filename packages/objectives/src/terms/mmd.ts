import type { Schedule } from '@latentkit/core';
import { anything, checkOptions, needed, type OptionRules, oneOf, whole } from '@latentkit/core/options';
import { type MmdKernel, mmd } from '@latentkit/losses';
import { reshape } from '@latentkit/losses/ops';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { type Term, weightRule } from '../term.ts';
import { type LatentName, latentOf, ofLatent } from './latent-of.ts';

export interface MmdTermOptions {
  readonly weight: Schedule;
  readonly latentDim: number;
  readonly kernel?: MmdKernel;
  /** Of which latent; `'z'` by default. */
  readonly latent?: LatentName;
}

const RULES: OptionRules<MmdTermOptions> = {
  weight: needed(weightRule),
  latentDim: needed(whole(1)),
  kernel: anything, // mmd looks at it
  latent: oneOf('z', 'z2'),
};

/**
 * The maximum mean discrepancy between a batch's codes and as many draws of the standard normal prior.
 *
 * @see Zhao et al.: "InfoVAE" (2019), section 3.2
 */
export function mmdTerm(options: MmdTermOptions): Term {
  checkOptions('mmdTerm', options, RULES);
  const { weight, latentDim, kernel, latent = 'z' } = options;
  return {
    ...ofLatent({ name: 'mmd', title: 'Maximum mean discrepancy' }, latent),
    ...{ unit: '', per: 'batch', weight, leastBatch: 2 },
    noise: { prior: { distribution: 'normal', shape: [latentDim] } },
    evaluate(pass) {
      // Points have no distribution: a plain autoencoder's code is what there is.
      const codes = latent === 'z' ? pass.code : latentOf(pass, 'mmd', latent).sample;
      const z = reshape<Tensor2D>(codes, [codes.shape[0]!, latentDim]);
      return mmd(z, pass.context.inputs['noise.prior'] as Tensor2D, kernel);
    },
  };
}
