import { type Schedule, scheduleAt } from '@latentkit/core';
import { checkValue, listRule, objectRule } from '@latentkit/core/options';
import type { MetricsRow } from '../loop/metrics.ts';

/** What a person should know of a run, after which epoch it showed, and what to try. */
export interface Alarm {
  readonly kind: 'posteriorCollapse' | 'divergence';
  /** 1 for the first. */
  readonly epoch: number;
  /** What is the matter, a sentence. */
  readonly message: string;
  /** A sentence. */
  readonly fix: string;
}

/** What of a run its rows do not tell. */
export interface AlarmContext {
  /** Numbers of a code. */
  readonly latentDim: number;
  /** Numbers of the code above it, of a model of two levels. */
  readonly upperDim?: number | undefined;
  /** Of the run in all. */
  readonly epochs: number;
  /** Batches of an epoch: of few images epochs are so short that nothing is learned yet after three. As if there were many by default. */
  readonly batches?: number;
  /** What the KL is to be, where the objective has that say: then a small one may be what is wanted. */
  readonly capacity?: Schedule;
}

/** Epochs in a row that a collapse has to last, as a run may begin in one and find out of it by itself. */
const COLLAPSED_EPOCHS = 3;

/** Steps before a collapse is told: KL begins near zero, and codes say little until the decoder can use them. */
const COLLAPSED_STEPS = 300;

/** Nats a dimension: with 0.01 of them, e^0.01, one image can't be told from one other. */
const LEAST_NATS = 0.01;

/** Epochs in a row, as one bad epoch is made good again by most optimizers. */
const LOST_EPOCHS = 2;

/** How far above the first epoch's a loss is a loss of what was learned, and no noise around it. */
const LOST_SHARE = 0.1;

/**
 * What is wrong with a run by its rows so far, each alarm at the epoch at which it began to be so.
 *
 * A posterior collapse is a validation KL of at most 0.01 nats a latent dimension for three epochs: codes are then the prior's, whatever
 * the image. Of two levels each is looked at. It is told from step 300 on, as a run may begin so. Divergence is a training loss that for two epochs has been a tenth above that of the first epoch under the same weights of its terms: more than
 * everything was lost again. Both depend on the rows alone, so that a resumed run tells the same.
 *
 * @example
 * findAlarms(history, { latentDim: 20, epochs: 50 }); // [{ kind: 'posteriorCollapse', epoch: 7, message, fix }]
 * @see Bowman et al. 2016, Generating Sentences from a Continuous Space, section 3.1
 */
export function findAlarms(history: readonly MetricsRow[], context: AlarmContext): Alarm[] {
  checkValue('findAlarms', 'history', history, listRule);
  checkValue('findAlarms', 'context', context, objectRule);
  const collapses = levelsOf(context).map((level) => ({
    level,
    holds: history.map((row) => isCollapsed(row[level.column], level, { ...context, epoch: row.epoch })),
  }));
  const lost = history.map((row, i) => hasLost(row, history.slice(0, i)));
  return history.flatMap((row, i) => [
    ...collapses
      .filter(({ holds }) => begins(holds, i, COLLAPSED_EPOCHS))
      .map(({ level }) => collapseAlarm(row, level)),
    ...(begins(lost, i, LOST_EPOCHS) ? [divergenceAlarm(row, firstAlike(row, history)!)] : []),
  ]);
}

/** Whether something has held for just so many epochs at place `i`. */
function begins(holds: readonly boolean[], i: number, epochs: number): boolean {
  const from = i - epochs + 1;
  return from >= 0 && holds.slice(from, i + 1).every(Boolean) && !holds[from - 1];
}

/** A code that a run has a KL of. */
interface Level {
  readonly column: 'valKl' | 'valKlZ2';
  readonly size: number;
}

function levelsOf({ latentDim, upperDim }: AlarmContext): Level[] {
  const own: Level = { column: 'valKl', size: latentDim };
  return upperDim === undefined ? [own] : [own, { column: 'valKlZ2', size: upperDim }];
}

function isCollapsed(
  nats: number | undefined,
  { size }: Level,
  { epoch, epochs, batches = COLLAPSED_STEPS, capacity }: AlarmContext & { epoch: number },
): boolean {
  const at = (when: number) => (capacity === undefined ? 0 : scheduleAt(capacity, when, epochs - 1));
  const isGrowing = at(epoch - 1) < at(epochs - 1); // the KL is held down on purpose, and will be let go
  const hasLearned = epoch * batches >= COLLAPSED_STEPS;
  return nats !== undefined && nats <= LEAST_NATS * size && !isGrowing && hasLearned;
}

/** The weights of a row's terms: losses under others do not compare. */
const weightsOf = (row: MetricsRow) =>
  JSON.stringify(Object.entries(row).filter(([name]) => name === 'beta' || /^weight[A-Z]/.test(name)));

function firstAlike(row: MetricsRow, before: readonly MetricsRow[]): MetricsRow | undefined {
  const weights = weightsOf(row);
  return before.find((one) => weightsOf(one) === weights);
}

function hasLost(row: MetricsRow, before: readonly MetricsRow[]): boolean {
  const first = firstAlike(row, before);
  return first !== undefined && row.loss > first.loss + LOST_SHARE * Math.abs(first.loss);
}

function collapseAlarm(row: MetricsRow, { column, size }: Level): Alarm {
  const dimensions = size === 1 ? 'one latent dimension' : `${size} latent dimensions`;
  const kl = `KL ${round(row[column]!)} nats over ${dimensions}`;
  const words = {
    valKl: {
      message: `codes have said next to nothing of their images (${kl}), so that the decoder makes one picture of all`,
      fix: 'Try a smaller beta, or one that grows from 0; free bits, which leave the KL a floor; a likelihood that weighs the reconstruction more, such as a smaller sigma; or a smaller decoder',
    },
    valKlZ2: {
      message: `the upper codes, z2, have said next to nothing of their images (${kl}), so that the model is one of a single level`,
      fix: "Try a beta that grows from 0; fewer numbers in z, so that it cannot say all by itself; the prior 'standardNormal', where another is named; or kind 'vae', which is that model with less in it",
    },
  }[column];
  return {
    ...{ kind: 'posteriorCollapse', epoch: row.epoch },
    message: `posterior collapse: for ${COLLAPSED_EPOCHS} epochs ${words.message}`,
    fix: words.fix,
  };
}

function divergenceAlarm({ epoch, loss }: MetricsRow, first: MetricsRow): Alarm {
  return {
    ...{ kind: 'divergence', epoch },
    message: `divergence: for ${LOST_EPOCHS} epochs the loss has been above that of epoch ${first.epoch} (${round(loss)} after ${round(first.loss)}): training undoes what it learned`,
    fix: 'Try a learning rate a third of this one, or bounded gradients (clip.norm, say 1)',
  };
}

const round = (value: number) => Number(value.toPrecision(3));
