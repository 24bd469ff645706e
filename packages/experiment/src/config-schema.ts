import {
  chosenBy,
  fields,
  flag,
  list,
  named,
  nothing,
  notNegative,
  oneOf,
  optional,
  positive,
  record,
  rule,
  type Schema,
  type SpecOf,
  scheduleSchema,
  share,
  text,
  textLike,
  whole,
} from '@latentkit/core/schema';
import { DATASETS, datasetFields, importFields } from '@latentkit/datasets';
import { brokenModelRule, isVariational, modelFields } from '@latentkit/models';
import { objectiveSchema } from '@latentkit/objectives';
import { optimizerSchema } from '@latentkit/trainers';
import { figureSpecsSchema } from './figures/figure-specs.ts';

/** Images of your own, which a program or files hand over, and how files become images. */
const arraysFields = fields({
  ...datasetFields('arrays', optional(nothing('be left out, as arrays are in no folder'))).entries,
  ...importFields,
});

const rateCutFields = fields({ after: whole(1), factor: share() });
type RateCut = SpecOf<typeof rateCutFields>;
/** One cut of the learning rate, or several. */
const rateCutSchema = chosenBy<RateCut | readonly RateCut[]>((value) =>
  Array.isArray(value) ? list(rateCutFields, { least: 1 }) : rateCutFields,
);

/** Weights that a run began with, and were not drawn. */
const startFields = fields({
  /** The run or the file that they come from. */
  from: text(),
  /** SHA-256 of them as `model.safetensors`. */
  weights: textLike(/^[0-9a-f]{64}$/, 'be 64 digits of a SHA-256'),
  /** What the files of another program left open, and was taken for granted. */
  notes: optional(list(text())),
});

/** A config's fields. */
export const configFields = {
  recipe: text(),
  dataset: named(
    'name',
    [...DATASETS.map(({ name }) => name), 'arrays'],
    [...DATASETS.map((kind) => kind.fields), arraysFields],
  ),
  model: fields(modelFields),
  /** Where its first weights come from; drawn from the seed by default. */
  start: optional(startFields),
  /** What is minimised; the negative ELBO by default. */
  objective: optional(objectiveSchema),
  /** The pictures of its report; those that tell something of every model by default. */
  figures: optional(figureSpecsSchema),
  training: fields({
    /** 0 of a model that was imported: it has only begun. */
    epochs: chosenBy<number>((epochs) => whole(epochs === 0 ? 0 : 1)),
    batchSize: whole(1),
    seed: whole(0),
    optimizer: optimizerSchema,
    learningRate: scheduleSchema,
    rateCut: optional(rateCutSchema),
    /** What some players of the objective have of their own, by name: of 'adversarial' autoencoder, critic and encoder. */
    players: optional(
      record(
        fields({ optimizer: optional(optimizerSchema), learningRate: optional(scheduleSchema) }),
        'be players by name',
      ),
    ),
    /** Weight of the KL; absent where codes are points, which have none. */
    beta: optional(scheduleSchema),
    clip: optional(fields({ value: optional(positive()), norm: optional(positive()) })),
    /** Takes a run that blows up back by an epoch, to go on at a lower rate. */
    rewind: optional(fields({ factor: optional(share()), times: optional(whole(1)) })),
    /** A moving average of the weights, judged beside them. */
    averaging: optional(fields({ decay: share(), keep: optional(oneOf(['averaged', 'trained'])) })),
    /** Whether the norm of the gradients is measured. */
    gradientNorm: optional(flag()),
    binarize: optional(oneOf(['none', 'fixed', 'dynamic'])),
    /** How sums of products are rounded: 'strict' by default; 'fused' is faster where there is fused multiply-add, and comes to other bits. */
    arithmetic: optional(oneOf(['strict', 'fused'])),
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
export const configSchema: Schema<ExperimentConfig> = rule(
  singleFields,
  ({ dataset, model, training, objective, start }) => {
    if (training.epochs === 0 && !start) return 'training.epochs must be a whole number of at least 1, got 0';
    if (dataset.trainOnAll && dataset.validation !== undefined) {
      return 'dataset.trainOnAll leaves no image for dataset.validation to hold out. Leave one of them out';
    }
    if (!isVariational(model) && training.beta !== undefined) {
      return `training.beta weighs a KL, which a model of kind '${model.kind}' does not have. Leave beta out, or use model.kind 'vae'`;
    }
    if (model.kind === 'semiSupervised' && training.beta !== undefined) {
      return "training.beta weighs a KL, which is one of a bound for model.kind 'semiSupervised'. Leave beta out";
    }
    const ofLabels = Object.entries({ labelSeed: dataset.labelSeed, labelledShare: dataset.labelledShare });
    const given = ofLabels.find(([, value]) => value !== undefined && dataset.labels === undefined);
    if (given) return `dataset.${given[0]} is about dataset.labels: say how many there are, or leave it out`;
    if (dataset.labels !== undefined && model.kind !== 'semiSupervised') {
      return `dataset.labels hides the others, which model.kind '${model.kind}' does not learn from. Leave it out, or use model.kind 'semiSupervised'`;
    }
    if (objective && training.beta !== undefined) {
      if (objective.type !== 'elbo') {
        return `training.beta weighs the KL of the objective 'elbo', and objective.type is '${objective.type}'. Leave beta out`;
      }
      if (objective.beta !== undefined)
        return 'training.beta and objective.beta are one number. Leave one of them out';
    }
    return brokenModelRule(model, 'model.');
  },
);
