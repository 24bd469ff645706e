import { type Accelerator, type Examples, LatentkitError } from '@latentkit/core';
import { scoreUnit } from '@latentkit/losses';
import { createModel } from '@latentkit/models';
import {
  createObjective,
  type Objective,
  type TermInfo,
  termsOf,
  weightOf,
  withBeta,
  withScalars,
} from '@latentkit/objectives';
import { evaluateEach, evaluateLoss } from '@latentkit/trainers';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { EvaluatedModel } from '../subject/evaluated-model.ts';
import type { ImageMetric, Metric, MetricRow } from './metric.ts';

interface TrainedLossOptions {
  seed: number;
  first: number;
  binarize: 'none' | 'fixed';
  accelerator: Accelerator<Tensor> | undefined;
  signal: AbortSignal | undefined;
}

/** The loss as trained, where that is another one than the negative ELBO. */
export const loss: Metric = {
  ...{ name: 'loss', title: 'Loss as trained', needs: [], byDefault: true },
  measure(subject, { signal }) {
    const { set, labels, seed, first, binarize, accelerator } = subject;
    const told = labels && Array.from(labels).every((one) => one >= 0) ? Uint32Array.from(labels) : undefined;
    const { labels: _, ...bare } = set;
    const labelled = { ...bare, ...(told && { labels: told }) };
    return trainedLoss(subject, labelled, { seed, first, binarize, accelerator, signal });
  },
};

/** Terms that the negative ELBO is told by already. */
const OF_ELBO: readonly string[] = ['reconstruction', 'kl', 'klZ2'];

/** What a model was trained by, where that is not its negative ELBO: the loss, and those terms that the ELBO does not have. */
async function trainedLoss(
  model: EvaluatedModel,
  set: Examples,
  { seed, binarize, accelerator, signal }: TrainedLossOptions,
): Promise<(ImageMetric | MetricRow)[]> {
  const objective = objectiveOf(model);
  if (!objective || set.count < objective.leastBatch) return [];
  const { terms } = objective.players[0];
  const { likelihood } = objective.model;
  const scalars = withScalars(objective);
  const sum = terms
    .filter(({ weight }) => weight !== 'reported')
    .map((term) => `${Number(weightOf(term, scalars).toPrecision(6))} ${term.name}`);
  const rows = [
    {
      ...{ name: 'loss', title: 'Loss as trained', unit: scoreUnit(likelihood), better: 'lower' as const },
      convention: `${sum.join(' + ')}, the weights at the end of their schedules; one latent sample an image or as many as it wants, by the training's seed`,
    },
    ...terms
      .filter(({ name }) => !OF_ELBO.includes(name))
      .map(({ name, title, unit, per }) => ({
        ...{ name, title, unit, better: 'neither' as const },
        convention: per === 'batch' ? 'of batches, by their sizes' : 'of images',
      })),
  ];
  const options = { seed, binarize, ...(accelerator && { accelerator }), ...(signal && { signal }) };
  if (objective.leastBatch === 1 && terms.every(({ per }) => per === 'example')) {
    const values = await evaluateEach(objective, model.weights, set, options);
    return rows.map((row) => ({ ...row, of: values[row.name]! }));
  }
  const values = await evaluateLoss(objective, model.weights, set, options);
  return rows.map((row) => ({ ...row, value: values[row.name]! }));
}

/** Nothing where it is the negative ELBO, or where it cannot be known: it has parameters of its own, or asks what the run does not know. */
function objectiveOf({ spec, config, data }: EvaluatedModel): Objective | undefined {
  const { objective: wanted, training } = config ?? {};
  try {
    const made = createObjective(createModel(spec), wanted, data ? { examples: data.train.count } : {});
    const objective = training?.beta === undefined ? made : withBeta(made, training.beta);
    if (Object.keys(objective.parameterShapes).length > 0) return undefined;
    const scalars = withScalars(objective);
    const isPlain = ({ name, ...term }: TermInfo) =>
      OF_ELBO.includes(name) && weightOf({ name, ...term }, scalars) === 1;
    return termsOf(objective).every(isPlain) && (objective.samples ?? 1) === 1 ? undefined : objective;
  } catch (error) {
    if (error instanceof LatentkitError && error.code === 'E_USAGE') return undefined;
    throw error;
  }
}
