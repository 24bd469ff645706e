import type { Schedule } from '@latentkit/core';
import { anything, checkOptions, needed, type OptionRules, whole } from '@latentkit/core/options';
import { type MmdKernel, mmd } from '@latentkit/losses';
import { reshape } from '@latentkit/losses/ops';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { type Term, weightRule } from '../term.ts';

export interface MmdTermOptions {
  readonly weight: Schedule;
  readonly latentDim: number;
  readonly kernel?: MmdKernel;
}

const RULES: OptionRules<MmdTermOptions> = {
  weight: needed(weightRule),
  latentDim: needed(whole(1)),
  kernel: anything, // mmd looks at it
};

/**
 * The maximum mean discrepancy between a batch's codes and as many draws of the standard normal prior.
 *
 * @see Zhao et al.: "InfoVAE" (2019), section 3.2
 */
export function mmdTerm(options: MmdTermOptions): Term {
  checkOptions('mmdTerm', options, RULES);
  const { weight, latentDim, kernel } = options;
  return {
    ...{ name: 'mmd', title: 'Maximum mean discrepancy', unit: '', per: 'batch', weight, leastBatch: 2 },
    noise: { prior: { distribution: 'normal', shape: [latentDim] } },
    evaluate({ code, context: { inputs } }) {
      const z = reshape<Tensor2D>(code, [code.shape[0]!, latentDim]);
      return mmd(z, inputs['noise.prior'] as Tensor2D, kernel);
    },
  };
}
