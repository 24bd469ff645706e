import {
  type Accelerator,
  type Batch,
  checkExamples,
  type Examples,
  type NamedArrays,
  type NdArray,
  type Session,
  Stream,
} from '@latentkit/core';
import {
  acceleratorRule,
  checkOptions,
  checkValue,
  functionRule,
  having,
  type OptionRules,
  objectRule,
  oneOf,
  seedRule,
  signalRule,
  whole,
} from '@latentkit/core/options';
import { readBatches } from '@latentkit/datasets';
import {
  evaluationProgram,
  lossOf,
  type Objective,
  objectiveRule,
  openEagerSession,
  withScalars,
} from '@latentkit/objectives';
import type { Tensor } from '@tensorflow/tfjs-core';
import { checkBatches } from './batch-room.ts';
import { createYielder } from './create-yielder.ts';
import type { LossMetrics } from './metrics.ts';
import { checkLabels, prepareBatch, rangeOf, readsAnyData } from './prepared-batch.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface EvaluateOptions {
  /** Weights of terms and the like, by the names of `scalarsAt`; what is left out is at the end of its schedule. */
  scalars?: Readonly<Record<string, number>>;
  /** Of noise and coins; 0 by default. */
  seed?: number;
  /** Whether pixels become coins, once and for all; `'none'` by default. */
  binarize?: 'none' | 'fixed';
  /**
   * Images computed at once; 500 by default. More take more memory, and give the same loss, but for terms of a whole batch:
   * those are means over the batches, by their sizes.
   */
  batchSize?: number;
  /**
   * The number of the first example, for who has a part of a set: its noise and coins are those that it has in the whole set. 0 by
   * default.
   */
  first?: number;
  /** Computes faster, with the same bits. */
  accelerator?: Accelerator<Tensor>;
  /** Stops between two batches. */
  signal?: AbortSignal;
  /** Hears after each batch how many images are done. */
  onProgress?: (images: number) => void;
  /** Milliseconds from any origin; `performance.now` by default. */
  now?: () => number;
}

/** Images computed at once, unless told otherwise. */
const EVALUATED_AT_ONCE = 500;

const RULES: OptionRules<EvaluateOptions> = {
  scalars: objectRule,
  seed: seedRule,
  binarize: oneOf('none', 'fixed'),
  batchSize: whole(1),
  first: whole(0, 0xffffffff),
  accelerator: acceleratorRule,
  signal: signalRule,
  onProgress: functionRule,
  now: functionRule,
};

/**
 * The loss of a set, mean over its images, with its terms. Image `i` keeps the same noise whenever it is asked, so that
 * epochs can be compared. The event loop turns between batches.
 *
 * @returns nats per image (whatever the likelihood measures, for one that is no density).
 * @throws `E_RANGE` for a set without images, or with fewer than the objective compares with each other; `E_LIMIT` for batches that no
 * memory holds; `E_CONFIG` for options that there are not; `E_USAGE`, `E_SHAPE`, `E_RANGE`, `E_NOT_FINITE` for one whose arrays or numbers
 * cannot be, or that lacks labels which are read; the signal's reason when it is aborted.
 * @example
 * const { loss, kl } = await evaluateLoss(createObjective(model), weights, dataset.validation, { seed: 42 });
 */
export async function evaluateLoss(
  objective: Objective,
  weights: NamedArrays,
  set: Examples,
  given: EvaluateOptions = {},
): Promise<LossMetrics> {
  return withEvaluation('evaluateLoss', { objective, weights, set, given }, async (session, options) => {
    const values = await evaluateTerms(session, objective, set, options);
    const { terms } = objective.players[0];
    return { loss: lossOf(terms, values, withScalars(objective, options.scalars)), ...values };
  });
}

/** What is evaluated of what, as the caller gave it. */
export interface EvaluationInput {
  readonly objective: Objective;
  readonly weights: NamedArrays;
  readonly set: Examples;
  readonly given: EvaluateOptions;
}

/** Checks what a caller gave, and opens a session with its weights for as long as something computes. */
export async function withEvaluation<Result>(
  where: string,
  { objective, weights, set, given }: EvaluationInput,
  compute: (session: Session<Tensor>, options: EvaluateOptions) => Promise<Result>,
): Promise<Result> {
  checkValue(where, 'objective', objective, objectiveRule);
  checkValue(where, 'weights', weights, objectRule);
  checkOptions(where, given, RULES);
  const { accelerator, ...options } = given;
  const { binarize = 'none', batchSize = EVALUATED_AT_ONCE } = options;
  checkExamples(where, set, { anyData: readsAnyData(objective, binarize) });
  checkBatches(where, objective, { batchSize, images: set.count });
  checkLabels(objective, set, 'given');
  const state = { parameters: weights, slots: {} };
  const session = accelerator ? await accelerator.open(state) : openEagerSession(state);
  try {
    return await compute(session, options);
  } finally {
    session.close();
  }
}

const sessionRule = having(
  'a session',
  { run: 'function' },
  'openEagerSession and accelerator.open make some',
);

/** The terms of the first player by a session's weights, means over a set's images. */
export async function evaluateTerms(
  session: Session<Tensor>,
  objective: Objective,
  set: Examples,
  options: EvaluateOptions = {},
): Promise<Record<string, number>> {
  checkValue('evaluateTerms', 'session', session, sessionRule);
  checkValue('evaluateTerms', 'objective', objective, objectiveRule);
  const { terms } = objective.players[0];
  const sums = Object.fromEntries(terms.map(({ name }) => [name, 0]));
  let images = 0;
  for await (const { batch, values } of evaluateBatches(session, objective, set, options)) {
    for (const { name, per } of terms) {
      const { data } = values[name]!;
      sums[name]! += per === 'example' ? sum(data) : data[0]! * batch.size;
    }
    images += batch.size;
  }
  return Object.fromEntries(terms.map(({ name }) => [name, sums[name]! / images]));
}

/** The terms of the first player, batch by batch in the set's order; the event loop turns between them. */
export async function* evaluateBatches(
  session: Session<Tensor>,
  objective: Objective,
  set: Examples,
  {
    scalars,
    seed = 0,
    binarize = 'none',
    batchSize = EVALUATED_AT_ONCE,
    first = 0,
    signal,
    onProgress,
    now = () => performance.now(),
  }: EvaluateOptions = {},
): AsyncGenerator<{ batch: Batch; values: Record<string, NdArray> }> {
  const numbers = withScalars(objective, scalars);
  const range = rangeOf(objective);
  const size = Math.min(batchSize, set.count);
  const cut = { batchSize: size, shuffle: false, range, binarize, seed, keep: 2, first };
  const program = evaluationProgram(objective);
  const yieldAtTimes = createYielder(now);
  for (const read of readBatches(set, cut)) {
    const batch = read instanceof Promise ? await unlessAborted(read, signal) : read;
    signal?.throwIfAborted();
    if (!batch || batch.size < objective.leastBatch) break;
    const address = { seed, stream: Stream.validationNoise, index: first + batch.indices[0]! };
    const values = await session.run(program, {
      ...prepareBatch(objective, batch, address),
      scalars: numbers,
    });
    yield { batch, values };
    onProgress?.(batch.indices[0]! + batch.size);
    await yieldAtTimes();
  }
}

/** In float64, in order. */
function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
