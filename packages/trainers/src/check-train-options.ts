import { checkExamples, LatentkitError, type Schedule, scheduleAt } from '@latentkit/core';
import {
  above,
  acceleratorRule,
  anything,
  atLeast,
  checkOptions,
  checkValue,
  flagRule,
  functionRule,
  having,
  needed,
  type OptionRules,
  objectRule,
  oneOf,
  scheduleRule,
  seedRule,
  signalRule,
  whole,
} from '@latentkit/core/options';
import { modelRule } from '@latentkit/models';
import { type ClipSpec, objectiveRule } from '@latentkit/objectives';
import type { EarlyStoppingSpec } from './callbacks/early-stopping.ts';
import type { ReduceOnPlateauSpec } from './callbacks/reduce-on-plateau.ts';
import type { AveragingSpec } from './loop/average-weights.ts';
import { readsAnyData } from './loop/prepared-batch.ts';
import type { RateCut, RewindSpec, TrainOptions, TrainSettings } from './train-options.ts';

const notNegative = atLeast(0, { finite: true });

const RULES: OptionRules<TrainOptions> = {
  model: needed(modelRule),
  dataset: needed(
    having(
      'a dataset, { train, validation }',
      { train: 'object', validation: 'object' },
      'fromArrays makes one of arrays, splitImages of a set',
    ),
  ),
  epochs: needed(whole(1)),
  batchSize: needed(whole(1)),
  optimizer: anything, // createOptimizer looks at it
  learningRate: scheduleRule,
  rateCut: anything,
  objective: objectiveRule,
  beta: scheduleRule,
  players: objectRule,
  weights: objectRule,
  seed: seedRule,
  clip: anything, // and the others of PARTS
  binarize: oneOf('none', 'fixed', 'dynamic'),
  rewind: anything,
  averaging: anything,
  gradientNorm: flagRule,
  earlyStopping: anything,
  reduceOnPlateau: anything,
  keep: oneOf('best', 'last'),
  checkpoint: objectRule,
  checkpointSeconds: above(0),
  snapshotSeconds: notNegative,
  accelerator: acceleratorRule,
  arithmetic: oneOf('strict', 'fused'),
  signal: signalRule,
  now: functionRule,
};

const CLIP: OptionRules<ClipSpec> = { value: above(0), norm: above(0) };
const EARLY_STOPPING: OptionRules<EarlyStoppingSpec> = { patience: needed(whole(0)), minDelta: notNegative };
const PLATEAU: OptionRules<ReduceOnPlateauSpec> = {
  factor: needed(above(0, 1)),
  patience: needed(whole(0)),
  minDelta: notNegative,
  minLearningRate: notNegative,
};
const RATE_CUT: OptionRules<RateCut> = { after: needed(whole(1)), factor: needed(above(0, 1)) };
const REWIND: OptionRules<RewindSpec> = { factor: above(0, 1), times: whole(1) };
const AVERAGING: OptionRules<AveragingSpec> = {
  decay: needed(above(0, 1)),
  keep: oneOf('averaged', 'trained'),
};
const PARTS = {
  clip: CLIP,
  rewind: REWIND,
  averaging: AVERAGING,
  earlyStopping: EARLY_STOPPING,
  reduceOnPlateau: PLATEAU,
};
const PLAYER: OptionRules<NonNullable<TrainOptions['players']>[string]> = {
  optimizer: anything,
  learningRate: scheduleRule,
};

/** Makes sure that options are those that there are, each of its kind: all that can be said before defaults are filled in. */
export function checkKinds(options: TrainOptions): void {
  checkOptions('train', options, RULES);
  for (const [name, rules] of Object.entries(PARTS)) {
    const part: object | undefined = options[name as keyof typeof PARTS];
    if (part !== undefined) checkOptions('train', part, rules as OptionRules<object>, name);
  }
  const { rateCut } = options;
  if (Array.isArray(rateCut)) {
    for (const [i, cut] of rateCut.entries()) checkOptions('train', cut, RATE_CUT, `rateCut[${i}]`);
  } else if (rateCut !== undefined) checkOptions('train', rateCut as RateCut, RATE_CUT, 'rateCut');
  for (const [name, player] of Object.entries(options.players ?? {})) {
    checkOptions('train', player, PLAYER, `players.${name}`);
  }
}

/**
 * Makes sure that a run can be had, before anything is computed.
 *
 * @throws `E_RANGE` for numbers that cannot be; `E_SHAPE` for images of another shape than the model's; `E_CONFIG` for coins of which the
 * likelihood is none; `E_USAGE` for an accelerator of another arithmetic.
 */
export function checkTrainOptions(settings: TrainSettings): void {
  const { epochs, learningRate, beta, players } = settings;
  checkCoins(settings);
  checkArithmetic(settings);
  checkImages(settings);
  checkSchedule('learningRate', learningRate, epochs);
  if (beta !== undefined) checkSchedule('beta', beta, epochs);
  for (const [name, player] of Object.entries(players)) {
    if (player.learningRate !== undefined) {
      checkSchedule(`players.${name}.learningRate`, player.learningRate, epochs);
    }
  }
}

/** A run of one arithmetic is not to go on, or to be trained again, by another. */
function checkArithmetic({ arithmetic, accelerator }: TrainSettings): void {
  const { arithmetic: has = 'strict' } = accelerator ?? {};
  if (!accelerator || !arithmetic || arithmetic === has) return;
  throw new LatentkitError(
    'E_USAGE',
    `train: arithmetic must be the accelerator's, which is '${has}', got '${arithmetic}'`,
    {
      fix:
        arithmetic === 'fused'
          ? "Make it by createAccelerator({ arithmetic: fused }), with fused of '@latentkit/kernels/nn-fused', as latentkit train does; or leave training.arithmetic out"
          : 'Make it by createAccelerator() without arithmetic',
    },
  );
}

/** A density of grey pixels grows without end where all of them are 0 or 1. */
function checkCoins({ model, binarize }: TrainSettings): void {
  if (binarize === 'none' || model.likelihood.spec.type !== 'continuousBernoulli') return;
  throw new LatentkitError(
    'E_CONFIG',
    `train: binarize '${binarize}' makes coins of pixels, and the likelihood 'continuousBernoulli' is a density of grey ones`,
    { fix: "Leave binarize out, or take the likelihood 'bernoulli'" },
  );
}

function checkImages({ model, dataset, batchSize, binarize }: TrainSettings): void {
  const { height, width, channels } = model.spec.image;
  const { train, validation, test } = dataset;
  for (const [name, set] of Object.entries({
    train,
    validation,
    ...(test && test !== validation && { test }),
  })) {
    if (set.count === 0) throw new LatentkitError('E_RANGE', `train: the dataset has no ${name} images`);
    checkExamples('train', set, { what: `${name} images`, anyData: readsAnyData({ model }, binarize) });
    const { shape } = set;
    if (shape.height === height && shape.width === width && shape.channels === channels) continue;
    throw new LatentkitError(
      'E_SHAPE',
      `train: the model reads images of [${height}, ${width}, ${channels}], the dataset's ${name} images are ` +
        `[${shape.height}, ${shape.width}, ${shape.channels}]`,
      { fix: 'Make the model with image: dataset.train.shape' },
    );
  }
  const { count } = dataset.train;
  if (batchSize <= count) return;
  throw new LatentkitError(
    'E_RANGE',
    `train: the batch size ${batchSize} exceeds the ${count} training example${count === 1 ? '' : 's'}`,
    { fix: `Use a batch size of at most ${count}: batchSize, --batch-size` },
  );
}

function checkSchedule(name: string, schedule: Schedule, epochs: number): void {
  // Schedules rise or fall, so their ends tell; but for a negative rate, which shows in the second epoch.
  for (const epoch of new Set([0, Math.min(1, epochs - 1), epochs - 1])) {
    const when = typeof schedule === 'number' ? name : `${name} in epoch ${epoch + 1}`;
    checkValue('train', when, scheduleAt(schedule, epoch, epochs), notNegative);
  }
}
