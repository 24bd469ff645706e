import { pixelCount, sizeOfShape } from '@latentkit/core';
import { type Gaussian, normalLogDensity } from '@latentkit/losses';
import { logSumExp, repeatRows, reshape, subtract } from '@latentkit/losses/ops';
import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { inPart } from '../layer-plan.ts';
import { netKindOf } from '../nets/nets.ts';
import { planDense } from '../nets/plan-dense.ts';
import type { ClassPass, PassContext } from '../pass.ts';
import type { PassedModel } from '../passed-model.ts';
import { reparameterize } from '../reparameterize.ts';
import type { ModelKind } from './kind.ts';
import { once } from './once.ts';
import { imagesOf, noiseOf, trainingOf } from './pass-inputs.ts';
import { vae } from './vae.ts';

/**
 * A conditional VAE that tells the class where it is not told: `p(x | y, z) p(y) p(z)` with `q(y | x) q(z | x, y)`.
 *
 * The latent samples of an example's classes share its noise.
 *
 * @see Kingma et al.: "Semi-supervised learning with deep generative models" (2014), section 2, model M2
 */
export const semiSupervised = {
  ...vae,
  type: 'semiSupervised',
  latents: (spec) => [...vae.latents(spec), { name: 'y', type: 'class', size: spec.condition!.classes }],
  parts({ classifier: given, encoder, image, condition }) {
    const net = given ?? encoder;
    const layers = inPart('classifier', netKindOf(net).planEncoder(net, image));
    const last = layers.at(-1)?.outputShape;
    const features = last ? sizeOfShape(last) : pixelCount(image);
    const output = planDense('classifier.output', features, [condition!.classes], 'linear');
    return { classifier: [...layers, output] };
  },
  pass(model, context, options) {
    return Object.assign(vae.pass(model, context, options), { classes: classPass(model, context) });
  },
} as const satisfies ModelKind;

function classPass(model: PassedModel, context: PassContext): ClassPass {
  const { parameters, inputs } = context;
  const logits = once(() => model.classify!(parameters, imagesOf(inputs), trainingOf(context)));
  const byClass = (rows: Tensor) => reshape<Tensor2D>(rows, logits().shape);
  const posterior = once((): Gaussian => {
    const { mean, logVar } = model.encode(parameters, imagesOf(inputs), {
      labels: 'every',
      ...trainingOf(context),
    });
    return { mean, logVar: logVar! };
  });
  const code = once((): Tensor2D => {
    const { mean, logVar } = posterior() as { mean: Tensor2D; logVar: Tensor2D };
    const [rows, size] = mean.shape;
    const noise = noiseOf(inputs, 'z', [imagesOf(inputs).shape[0], 1, size]);
    return reparameterize(mean, logVar, repeatRows('pass', noise, rows) as Tensor2D);
  });
  return {
    logProbabilities: once(() =>
      subtract<Tensor2D>(logits(), reshape(logSumExp(logits()), [logits().shape[0], 1])),
    ),
    negativeLogLikelihoods: once(() => {
      const decoded = model.decode(parameters, code(), { labels: 'every', ...trainingOf(context) });
      return byClass(model.likelihood.negativeLogLikelihood(decoded, imagesOf(inputs), parameters));
    }),
    kls: once(() => {
      const prior = model.prior!.density(context);
      if (prior.kl) return byClass(prior.kl(posterior()));
      const [rows, size] = code().shape;
      const sample = reshape<Tensor3D>(code(), [rows, 1, size]);
      return byClass(subtract(normalLogDensity(sample, posterior()), prior.logDensity(sample)));
    }),
  };
}
