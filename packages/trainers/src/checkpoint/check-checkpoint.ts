import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { checkValue, objectRule } from '@latentkit/core/options';
import { checkWeights, type ParameterShapes } from '@latentkit/models';
import { type Objective, termsOf } from '@latentkit/objectives';
import { termColumns } from '../loop/metrics.ts';
import type { Checkpoint, TrainingProgress } from './checkpoint.ts';
import { checkProgress } from './progress-schema.ts';

/** How an epoch is cut. */
interface CutOfRun {
  batchSize: number;
  trainImages: number;
}

/** The run that a checkpoint is to carry on. */
export interface CheckpointUser extends CutOfRun {
  seed: number;
  objective: Objective;
  /** Of all parameters, and of the optimizers' memory of them. */
  shapes: ParameterShapes;
  slots: ParameterShapes;
  batchCount: number;
  /** Whether it keeps a moving average of its weights. */
  isAveraged: boolean;
  gradientNorm?: boolean | undefined;
}

/**
 * Makes sure that a checkpoint is whole, and of this run: its seed, objective, model, optimizer and batches.
 *
 * @throws `E_FORMAT` naming what is damaged; `E_NOT_FINITE` for NaN among its arrays; `E_USAGE` naming what differs.
 */
export function checkCheckpoint(
  checkpoint: Checkpoint,
  {
    seed,
    objective,
    shapes,
    slots: slotShapes,
    batchCount,
    batchSize,
    trainImages,
    isAveraged,
    gradientNorm,
  }: CheckpointUser,
): void {
  checkValue('train', 'checkpoint', checkpoint, objectRule);
  const { weights, slots, bestWeights } = checkpoint;
  for (const [name, arrays] of Object.entries({ weights, slots, bestWeights })) {
    checkValue('train: checkpoint', name, arrays, objectRule);
  }
  const progress = checkProgress(checkpoint.progress, 'train: checkpoint');
  if (progress.seed !== seed) {
    throw new LatentkitError(
      'E_USAGE',
      `train: the checkpoint was made with seed ${progress.seed}, not ${seed}`,
    );
  }
  if (progress.batch > 0) {
    checkCut('batch size', progress.batchSize, batchSize);
    checkCut('number of training images', progress.trainImages, trainImages);
    const missing = termsOf(objective).find(({ name }) => progress.sums[name] === undefined);
    if (missing) {
      throw new LatentkitError(
        'E_USAGE',
        `train: the checkpoint stands in an epoch that did not measure '${missing.name}'`,
        { fix: 'Go on with the objective that it was made with' },
      );
    }
  }
  if (progress.batch > batchCount) {
    throw new LatentkitError(
      'E_USAGE',
      `train: the checkpoint stands at batch ${progress.batch} of an epoch, which now has ${batchCount}`,
      { fix: 'Go on with the batch size and images that it was made with' },
    );
  }
  checkTerms(progress, objective);
  checkProtections(checkpoint, { isAveraged, gradientNorm });
  if (checkpoint.averaged) checkArrays('averaged weights', 'model', checkpoint.averaged, shapes);
  checkArrays('weights', 'model', weights, shapes);
  checkArrays('best weights', 'model', bestWeights, shapes);
  checkArrays('slots', 'optimizer', slots, slotShapes);
}

/** An average that begins in the middle of a run, or ends there, is another one; so is a mean over part of an epoch. */
function checkProtections(
  { averaged, progress: { step, batch, sums } }: Checkpoint,
  { isAveraged, gradientNorm = false }: Pick<CheckpointUser, 'isAveraged' | 'gradientNorm'>,
): void {
  const wrong =
    step > 0 && isAveraged !== (averaged !== undefined)
      ? `a run ${averaged ? 'with' : 'without'} averaging`
      : batch > 0 && gradientNorm && sums.gradientNorm === undefined
        ? 'an epoch that did not measure gradientNorm'
        : undefined;
  if (wrong === undefined) return;
  throw new LatentkitError('E_USAGE', `train: the checkpoint was made in ${wrong}`, {
    fix: 'Go on with the options that it was made with',
  });
}

/** The best epoch so far, and how long it is ago, would be judged by the losses of two objectives. */
function checkTerms({ history }: TrainingProgress, objective: Objective): void {
  const [last] = history.slice(-1);
  if (!last) return;
  const [measured, now] = [termColumns(last), termsOf(objective).map(({ name }) => name)];
  const odd = now.find((name) => last[name] === undefined) ?? measured.find((name) => !now.includes(name));
  if (odd === undefined) return;
  throw new LatentkitError(
    'E_USAGE',
    `train: the checkpoint's epochs measured ${measured.join(', ')}, and the objective has ${now.join(', ')}`,
    {
      fix: 'Go on with the objective that it was made with, or start anew from its weights: train({ weights })',
    },
  );
}

/** What a run goes on with that its epochs so far were not made with, a sentence each: its losses are not comparable then. */
export function notesOfCheckpoint({ progress }: Checkpoint, { batchSize, trainImages }: CutOfRun): string[] {
  const changes = [
    ['training images', progress.trainImages, trainImages],
    ['images a batch', progress.batchSize, batchSize],
  ] as const;
  return changes.flatMap(([what, made, now]) =>
    made === undefined || made === now
      ? []
      : [`the checkpoint's epochs had ${made} ${what}, those to come have ${now}`],
  );
}

/** In mid-epoch, batches of other sizes would be other images: some seen twice, others never. */
function checkCut(what: string, made: number | undefined, now: number): void {
  if (made === undefined || made === now) return;
  throw new LatentkitError(
    'E_USAGE',
    `train: the checkpoint stands in an epoch of ${what} ${made}, which is now ${now}`,
    { fix: 'Go on with the batch size and images that it was made with' },
  );
}

function checkArrays(what: string, owner: string, arrays: NamedArrays, shapes: ParameterShapes): void {
  const describe = (shape: unknown) => (Array.isArray(shape) ? `[${shape.join(', ')}]` : 'none');
  for (const name of new Set([...Object.keys(shapes), ...Object.keys(arrays)])) {
    const [expected, got] = [describe(shapes[name]), describe(arrays[name]?.shape)];
    if (expected === got) continue;
    throw new LatentkitError(
      'E_USAGE',
      `train: the checkpoint's ${what} are of another ${owner}: expected '${name}' ${expected}, got ${got}`,
    );
  }
  checkWeights(`train: the checkpoint's ${what}`, arrays, shapes);
}
