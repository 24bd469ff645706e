import * as v from 'valibot';

const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));
const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const notNegative = v.pipe(finite, v.minValue(0));

const activation = v.picklist(['linear', 'relu', 'leakyRelu', 'tanh']);
const output = v.picklist(['sigmoid', 'tanh', 'linear']);

const likelihood = v.variant('type', [
  v.strictObject({ type: v.literal('bernoulli'), output: v.literal('sigmoid') }),
  v.strictObject({
    type: v.literal('squaredError'),
    output,
    pixels: v.optional(v.picklist(['sum', 'mean'])),
  }),
  v.strictObject({ type: v.literal('gaussian'), output, sigma: v.union([positive, v.literal('learned')]) }),
  v.strictObject({ type: v.literal('l1'), output }),
]);

const part = v.variant('type', [
  v.strictObject({ type: v.literal('mlp'), hidden: v.array(whole(1)), activation }),
  v.strictObject({
    type: v.literal('conv'),
    filters: v.pipe(v.array(whole(1)), v.minLength(1)),
    kernelSize: v.optional(whole(1)),
    stride: v.optional(whole(1)),
    hidden: v.optional(v.array(whole(1))),
    activation,
  }),
]);

const optimizer = v.variant('name', [
  v.strictObject({
    name: v.picklist(['adam', 'adamax']),
    beta1: v.optional(notNegative),
    beta2: v.optional(notNegative),
    epsilon: v.optional(positive),
  }),
  v.strictObject({ name: v.literal('rmsprop'), rho: v.optional(notNegative), epsilon: v.optional(positive) }),
  v.strictObject({
    name: v.literal('sgd'),
    momentum: v.optional(notNegative),
    nesterov: v.optional(v.boolean()),
  }),
]);

const schedule = v.union([
  notNegative,
  v.strictObject({
    type: v.picklist(['linear', 'cosine']),
    from: notNegative,
    to: notNegative,
    epochs: whole(1),
  }),
  v.strictObject({ type: v.literal('exponential'), from: notNegative, rate: positive }),
]);

/** Everything that decides a run: with it and the data, anyone gets the same weights. */
export const configSchema = v.strictObject({
  recipe: v.string(),
  dataset: v.strictObject({
    name: v.picklist(['digits', 'mnist', 'fashion-mnist']),
    /** A folder that holds the files already. */
    dataDir: v.optional(v.string()),
    /** Use the first N training images, and a proportional part of the validation images. */
    limit: v.optional(whole(1)),
  }),
  model: v.strictObject({
    kind: v.picklist(['vae', 'autoencoder']),
    latentDim: whole(1),
    encoder: part,
    decoder: part,
    latentActivation: v.optional(activation),
    likelihood,
  }),
  training: v.strictObject({
    epochs: whole(1),
    batchSize: whole(1),
    seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    optimizer,
    learningRate: schedule,
    /** Weight of the KL; absent for a plain autoencoder, which has none. */
    beta: v.optional(schedule),
    clip: v.optional(v.strictObject({ value: v.optional(positive), norm: v.optional(positive) })),
    binarize: v.optional(v.picklist(['none', 'fixed', 'dynamic'])),
    keep: v.optional(v.picklist(['best', 'last'])),
    earlyStopping: v.optional(v.strictObject({ patience: whole(0), minDelta: v.optional(notNegative) })),
    reduceOnPlateau: v.optional(
      v.strictObject({
        factor: v.pipe(positive, v.ltValue(1)),
        patience: whole(0),
        minDelta: v.optional(notNegative),
        minLearningRate: v.optional(notNegative),
      }),
    ),
  }),
});

export type ExperimentConfig = v.InferOutput<typeof configSchema>;
export type DatasetName = ExperimentConfig['dataset']['name'];
