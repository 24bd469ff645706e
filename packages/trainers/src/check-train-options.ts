import { checkExamples, didYouMean, LatentkitError, type Schedule, scheduleAt } from '@latentkit/core';
import { readsAnyData } from './loop/prepared-batch.ts';
import type { TrainSettings } from './train-options.ts';

/**
 * Makes sure that a run can be had, before anything is computed.
 *
 * @throws `E_RANGE` for numbers that cannot be; `E_UNKNOWN_NAME` for names that do not exist; `E_SHAPE` for images of
 * another shape than the model's.
 */
export function checkTrainOptions(settings: TrainSettings): void {
  for (const [name, known] of Object.entries(KNOWN)) {
    const given = name === '' ? settings : settings[name as 'clip'];
    if (given === undefined) continue;
    if (typeof given !== 'object' || given === null) {
      throw new LatentkitError(
        'E_CONFIG',
        `train: ${name} must be an object of ${known.join(', ')}, got ${given}`,
      );
    }
    const unknown = Object.keys(given).find((key) => !known.includes(key));
    if (unknown === undefined) continue;
    throw new LatentkitError('E_CONFIG', `train: there is no option ${name && `${name}.`}${unknown}`, {
      fix: didYouMean(unknown, known),
    });
  }
  const { epochs, batchSize, learningRate, beta, clip, earlyStopping, reduceOnPlateau } = settings;
  requireWhole('epochs', epochs, 1);
  requireWhole('batchSize', batchSize, 1);
  requireName('binarize', settings.binarize, ['none', 'fixed', 'dynamic']);
  checkImages(settings);
  checkSchedule('learningRate', learningRate, epochs);
  if (beta !== undefined) checkSchedule('beta', beta, epochs);
  requireName('keep', settings.keep, ['best', 'last']);
  if (clip.value !== undefined) requireAbove('clip.value', clip.value, 0);
  if (clip.norm !== undefined) requireAbove('clip.norm', clip.norm, 0);
  if (earlyStopping) {
    requireWhole('earlyStopping.patience', earlyStopping.patience, 0);
    requireAtLeast('earlyStopping.minDelta', earlyStopping.minDelta ?? 0, 0);
  }
  if (reduceOnPlateau) {
    const { factor, patience, minDelta = 0, minLearningRate = 0 } = reduceOnPlateau;
    requireAbove('reduceOnPlateau.factor', factor, 0);
    if (factor >= 1) throw outOfRange('reduceOnPlateau.factor', 'a number below 1', factor);
    requireWhole('reduceOnPlateau.patience', patience, 0);
    requireAtLeast('reduceOnPlateau.minDelta', minDelta, 0);
    requireAtLeast('reduceOnPlateau.minLearningRate', minLearningRate, 0);
  }
}

// What the options may hold, and what each of those that are objects may.
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...[
      'model',
      'dataset',
      'epochs',
      'batchSize',
      'optimizer',
      'learningRate',
      'objective',
      'beta',
      'players',
    ],
    ...['weights', 'seed', 'clip', 'binarize', 'earlyStopping', 'reduceOnPlateau', 'keep', 'checkpoint'],
    ...['accelerator', 'signal', 'now'],
  ],
  clip: ['value', 'norm'],
  earlyStopping: ['patience', 'minDelta'],
  reduceOnPlateau: ['factor', 'patience', 'minDelta', 'minLearningRate'],
};

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
    `train: the batch size ${batchSize} exceeds the ${count} training images`,
    { fix: `Use a batch size of at most ${count}` },
  );
}

function checkSchedule(name: string, schedule: Schedule, epochs: number): void {
  // Schedules rise or fall, so their ends tell; but for a negative rate, which shows in the second epoch.
  for (const epoch of new Set([0, Math.min(1, epochs - 1), epochs - 1])) {
    const when = typeof schedule === 'number' ? name : `${name} in epoch ${epoch + 1}`;
    requireAtLeast(when, scheduleAt(schedule, epoch, epochs), 0);
  }
}

function requireName(option: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const fix = didYouMean(String(name), known);
  throw new LatentkitError('E_UNKNOWN_NAME', `train: ${option} cannot be '${name}'`, { fix });
}

function requireWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw outOfRange(name, `a whole number of at least ${least}`, value);
}

function requireAtLeast(name: string, value: number, least: number): void {
  if (!(Number.isFinite(value) && value >= least))
    throw outOfRange(name, `a number of at least ${least}`, value);
}

function requireAbove(name: string, value: number, bound: number): void {
  if (!(Number.isFinite(value) && value > bound)) throw outOfRange(name, `a number above ${bound}`, value);
}

function outOfRange(name: string, expected: string, got: unknown): LatentkitError {
  return new LatentkitError('E_RANGE', `train: ${name} must be ${expected}, got ${got}`);
}
