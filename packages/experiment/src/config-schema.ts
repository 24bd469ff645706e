import * as v from 'valibot';
import {
  decay,
  fields,
  flag,
  list,
  must,
  named,
  notNegative,
  oneOf,
  positive,
  text,
  whole,
} from './schema-parts.ts';

const activation = oneOf(['linear', 'relu', 'leakyRelu', 'tanh']);
const output = oneOf(['sigmoid', 'tanh', 'linear']);

const likelihood = named(
  'type',
  ['bernoulli', 'squaredError', 'gaussian', 'l1'],
  [
    fields({
      type: v.literal('bernoulli'),
      output: v.literal(
        'sigmoid',
        must(
          "be 'sigmoid' for a Bernoulli likelihood, whose mean is a probability (others fit 'squaredError', 'gaussian' and 'l1')",
        ),
      ),
    }),
    fields({ type: v.literal('squaredError'), output, pixels: v.optional(oneOf(['sum', 'mean'])) }),
    fields({
      type: v.literal('gaussian'),
      output,
      sigma: v.lazy((sigma) =>
        typeof sigma === 'number'
          ? positive()
          : v.literal('learned', must("be a number above 0, or 'learned'")),
      ) as v.GenericSchema<number | 'learned'>,
    }),
    fields({ type: v.literal('l1'), output }),
  ],
);

const part = named(
  'type',
  ['mlp', 'conv'],
  [
    fields({ type: v.literal('mlp'), hidden: list(whole(1)), activation }),
    fields({
      type: v.literal('conv'),
      filters: v.pipe(
        list(whole(1)),
        v.minLength(1, "must name at least one convolution; for none, take type 'mlp'"),
      ),
      kernelSize: v.optional(whole(1)),
      stride: v.optional(whole(1)),
      hidden: v.optional(list(whole(1))),
      activation,
    }),
  ],
);

const optimizer = named(
  'name',
  ['adam', 'adamax', 'rmsprop', 'sgd'],
  [
    fields({
      name: v.picklist(['adam', 'adamax']),
      beta1: v.optional(decay()),
      beta2: v.optional(decay()),
      epsilon: v.optional(positive()),
    }),
    fields({ name: v.literal('rmsprop'), rho: v.optional(decay()), epsilon: v.optional(positive()) }),
    fields({ name: v.literal('sgd'), momentum: v.optional(decay()), nesterov: v.optional(flag()) }),
  ],
);

const scheduleObject = named(
  'type',
  ['linear', 'cosine', 'exponential'],
  [
    fields({
      type: v.picklist(['linear', 'cosine']),
      from: notNegative(),
      to: notNegative(),
      epochs: v.optional(whole(1)),
    }),
    fields({ type: v.literal('exponential'), from: notNegative(), rate: positive() }),
  ],
);

type Schedule = number | v.InferOutput<typeof scheduleObject>;

const schedule = v.lazy((value) => {
  if (typeof value === 'number') return notNegative();
  if (typeof value === 'object' && value !== null) return scheduleObject;
  return v.number(must('be a number of at least 0, or a schedule'));
}) as v.GenericSchema<Schedule>;

/** What a config says of its model; the dataset adds the images' shape. */
export const modelFields = {
  kind: oneOf(['vae', 'autoencoder']),
  latentDim: whole(1),
  encoder: part,
  decoder: part,
  latentActivation: v.optional(activation),
  likelihood,
};

/** Everything that decides a run, as a valibot schema: with it and the data, anyone gets the same weights. */
export const configSchema = fields({
  recipe: text(),
  dataset: fields({
    /** `arrays` are images of your own, which only a program can hand over. */
    name: oneOf(['digits', 'mnist', 'fashion-mnist', 'arrays']),
    /** A folder that holds the files already. */
    dataDir: v.optional(text()),
    /** Use the first N training images, and a proportional part of the validation images. */
    limit: v.optional(whole(1)),
  }),
  model: fields(modelFields),
  training: fields({
    epochs: whole(1),
    batchSize: whole(1),
    seed: whole(0),
    optimizer,
    learningRate: schedule,
    /** Weight of the KL; absent for a plain autoencoder, which has none. */
    beta: v.optional(schedule),
    clip: v.optional(fields({ value: v.optional(positive()), norm: v.optional(positive()) })),
    binarize: v.optional(oneOf(['none', 'fixed', 'dynamic'])),
    keep: v.optional(oneOf(['best', 'last'])),
    earlyStopping: v.optional(fields({ patience: whole(0), minDelta: v.optional(notNegative()) })),
    reduceOnPlateau: v.optional(
      fields({
        factor: v.pipe(positive(), v.ltValue(1, must('be a number below 1'))),
        patience: whole(0),
        minDelta: v.optional(notNegative()),
        minLearningRate: v.optional(notNegative()),
      }),
    ),
  }),
});

/** Everything that decides a run: with it and the data, anyone gets the same weights. */
export type ExperimentConfig = v.InferOutput<typeof configSchema>;

/** The datasets that a name is enough to load. */
export type DatasetName = Exclude<ExperimentConfig['dataset']['name'], 'arrays'>;
