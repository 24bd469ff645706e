import {
  fields,
  notNegative,
  oneOf,
  optional,
  positive,
  rule,
  type Schema,
  type SpecOf,
  scheduleSchema,
  share,
  text,
  whole,
} from '@latentkit/core/schema';
import { brokenModelRule, modelFields } from '@latentkit/models';
import { objectiveSchema } from '@latentkit/objectives';
import { optimizerSchema } from '@latentkit/trainers';

/** A config's fields. */
export const configFields = {
  recipe: text(),
  dataset: fields({
    /** `arrays` are images of your own, which only a program can hand over. */
    name: oneOf(['digits', 'mnist', 'fashion-mnist', 'arrays']),
    /** A folder that holds the files already. */
    dataDir: optional(text()),
    /** Use the first N training images, and a proportional part of the validation images. */
    limit: optional(whole(1)),
  }),
  model: fields(modelFields),
  /** What is minimised; the negative ELBO by default. */
  objective: optional(objectiveSchema),
  training: fields({
    epochs: whole(1),
    batchSize: whole(1),
    seed: whole(0),
    optimizer: optimizerSchema,
    learningRate: scheduleSchema,
    /** Weight of the KL; absent for a plain autoencoder, which has none. */
    beta: optional(scheduleSchema),
    clip: optional(fields({ value: optional(positive()), norm: optional(positive()) })),
    binarize: optional(oneOf(['none', 'fixed', 'dynamic'])),
    keep: optional(oneOf(['best', 'last'])),
    earlyStopping: optional(fields({ patience: whole(0), minDelta: optional(notNegative()) })),
    reduceOnPlateau: optional(
      fields({
        factor: share(),
        patience: whole(0),
        minDelta: optional(notNegative()),
        minLearningRate: optional(notNegative()),
      }),
    ),
  }),
};

const singleFields = fields(configFields);

/** Everything that decides a run: with it and the data, anyone gets the same weights. */
export type ExperimentConfig = SpecOf<typeof singleFields>;

/** What a config may hold. */
export const configSchema: Schema<ExperimentConfig> = rule(singleFields, ({ model, training, objective }) => {
  if (model.kind === 'autoencoder' && training.beta !== undefined) {
    return "training.beta weighs a KL, which a plain autoencoder does not have. Leave beta out, or use model.kind 'vae'";
  }
  if (objective && training.beta !== undefined) {
    if (objective.type !== 'elbo') {
      return `training.beta weighs the KL of the objective 'elbo', and objective.type is '${objective.type}'. Leave beta out`;
    }
    if (objective.beta !== undefined)
      return 'training.beta and objective.beta are one number. Leave one of them out';
  }
  return brokenModelRule(model, 'model.');
});

/** The datasets that a name is enough to load. */
export type DatasetName = Exclude<ExperimentConfig['dataset']['name'], 'arrays'>;
