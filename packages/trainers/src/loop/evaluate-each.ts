import { type Examples, LatentkitError, type NamedArrays } from '@latentkit/core';
import { lossOf, type Objective, withScalars } from '@latentkit/objectives';
import { type EvaluateOptions, evaluateBatches, withEvaluation } from './evaluate-loss.ts';

/** Numbers of each example, `[count]`: its loss, and the terms by name. */
export interface ExampleMetrics {
  readonly loss: Float64Array;
  readonly [term: string]: Float64Array;
}

/**
 * The loss of each example of a set, with its terms: an anomaly score, higher for examples unlike those of the training. Example
 * `i` depends on the seed and on `i`, not on the others; the means are what `evaluateLoss` gives.
 *
 * @returns nats (whatever the likelihood measures, for one that is no density), in the set's order.
 * @throws `E_USAGE` for an objective that compares examples with each other; else as {@link evaluateLoss}.
 * @example
 * const { loss } = await evaluateEach(createObjective(model), weights, { shape, count: 3, images });
 */
export async function evaluateEach(
  objective: Objective,
  weights: NamedArrays,
  set: Examples,
  given: EvaluateOptions = {},
): Promise<ExampleMetrics> {
  return withEvaluation('evaluateEach', { objective, weights, set, given }, async (session, options) => {
    checkAlone(objective);
    const { terms } = objective.players[0];
    const scalars = withScalars(objective, options.scalars);
    const loss = new Float64Array(set.count);
    const columns = Object.fromEntries(terms.map(({ name }) => [name, new Float64Array(set.count)]));
    for await (const { batch, values } of evaluateBatches(session, objective, set, options)) {
      const first = batch.indices[0]!;
      for (const { name } of terms) columns[name]!.set(values[name]!.data, first);
      for (let row = 0; row < batch.size; row++) {
        const own = Object.fromEntries(terms.map(({ name }) => [name, values[name]!.data[row]!]));
        loss[first + row] = lossOf(terms, own, scalars);
      }
    }
    return { loss, ...columns };
  });
}

/** Throws `E_USAGE` where an example has no loss of its own. */
function checkAlone({ leastBatch, players: [{ terms }] }: Objective): void {
  const ofBatch = terms.find(({ per }) => per === 'batch');
  if (!ofBatch && leastBatch === 1) return;
  const why = ofBatch
    ? `its term '${ofBatch.name}' is one of a batch`
    : 'it compares examples with each other';
  throw new LatentkitError(
    'E_USAGE',
    `evaluateEach: no example has a loss of its own by this objective: ${why}`,
    {
      fix: 'Use createObjective(model), the negative ELBO',
    },
  );
}
