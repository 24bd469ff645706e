import {
  chosenBy,
  decay,
  fields,
  flag,
  named,
  nothing,
  notNegative,
  oneOf,
  optional,
  positive,
  rule,
  type Schema,
  type SpecOf,
  share,
  text,
  whole,
  word,
} from '@latentkit/core/schema';
import { brokenModelRule, modelFields } from '@latentkit/models';

const optimizer = named(
  'name',
  ['adam', 'adamax', 'rmsprop', 'sgd'],
  [
    fields({
      name: oneOf(['adam', 'adamax']),
      beta1: optional(decay()),
      beta2: optional(decay()),
      epsilon: optional(positive()),
    }),
    fields({ name: word('rmsprop'), rho: optional(decay()), epsilon: optional(positive()) }),
    fields({ name: word('sgd'), momentum: optional(decay()), nesterov: optional(flag()) }),
  ],
);

const scheduleObject = named(
  'type',
  ['linear', 'cosine', 'exponential'],
  [
    fields({
      type: oneOf(['linear', 'cosine']),
      from: notNegative(),
      to: notNegative(),
      epochs: optional(whole(1)),
    }),
    fields({ type: word('exponential'), from: notNegative(), rate: positive() }),
  ],
);

type Schedule = number | SpecOf<typeof scheduleObject>;

const schedule = chosenBy<Schedule>((value) => {
  if (typeof value === 'number') return notNegative();
  if (typeof value === 'object' && value !== null) return scheduleObject;
  return nothing('be a number of at least 0, or a schedule');
});

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
  training: fields({
    epochs: whole(1),
    batchSize: whole(1),
    seed: whole(0),
    optimizer,
    learningRate: schedule,
    /** Weight of the KL; absent for a plain autoencoder, which has none. */
    beta: optional(schedule),
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
export const configSchema: Schema<ExperimentConfig> = rule(singleFields, ({ model, training }) => {
  const { optimizer } = training;
  if (model.kind === 'autoencoder' && training.beta !== undefined) {
    return "training.beta weighs a KL, which a plain autoencoder does not have. Leave beta out, or use model.kind 'vae'";
  }
  if (optimizer.name === 'sgd' && optimizer.nesterov && !optimizer.momentum) {
    return 'training.optimizer.nesterov needs a momentum above 0. Add momentum, say 0.9, or leave nesterov out';
  }
  return brokenModelRule(model, 'model.');
});

/** The datasets that a name is enough to load. */
export type DatasetName = Exclude<ExperimentConfig['dataset']['name'], 'arrays'>;
