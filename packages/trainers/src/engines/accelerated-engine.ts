import type { Accelerator, NamedArrays, TracedProgram } from '@latentkit/core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { lossMetrics } from '../metrics.ts';
import type { Objective } from '../objective.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { checkFinite, clippedGradients, type StepOptions } from '../train-step.ts';
import type { TrainingEngine } from './training-engine.ts';

/** Computes on an accelerator: a step and a validation batch are recorded once each, then repeated. */
export async function createAcceleratedEngine(
  accelerator: Accelerator<Tensor>,
  objective: Objective,
  optimizer: Optimizer,
  { weights, slots }: { weights: NamedArrays; slots: NamedArrays },
): Promise<TrainingEngine> {
  const session = await accelerator.open({ parameters: weights, slots });
  return {
    async step(batch, options) {
      const program = stepProgram(objective, options);
      const outputs = await session.step(
        program,
        { inputs: batch },
        { rule: optimizer.rule, coefficients: optimizer.coefficients(options) },
      );
      const metrics = lossMetrics(outputs.reconstruction!.data[0]!, outputs.kl?.data[0], options.beta);
      checkFinite(metrics, options);
      return metrics;
    },
    async terms(batch) {
      const { reconstruction, kl } = await session.run(termsProgram(objective), { inputs: batch });
      return { reconstruction: reconstruction!.data, ...(kl && { kl: kl.data }) };
    },
    read() {
      const { parameters, slots } = session.read();
      return { weights: parameters, slots };
    },
    close: () => session.close(),
  };
}

type Inputs = { images: Tensor4D; noise: Tensor2D };

function stepProgram(objective: Objective, { beta, clip = {} }: StepOptions): TracedProgram<Tensor> {
  return {
    key: `step ${beta} ${clip.value} ${clip.norm}`,
    trace({ parameters, inputs }) {
      const { images, noise } = inputs as Inputs;
      const { terms, gradients } = clippedGradients(objective, parameters, images, noise, { beta, clip });
      return { outputs: { ...terms }, gradients };
    },
  };
}

function termsProgram(objective: Objective): TracedProgram<Tensor> {
  return {
    key: 'terms',
    trace({ parameters, inputs }) {
      const { images, noise } = inputs as Inputs;
      return { outputs: { ...objective.terms(parameters, images, noise) } };
    },
  };
}
