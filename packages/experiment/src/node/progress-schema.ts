import { LatentkitError } from '@latentkit/core';
import { describeIssue, fields, must, notNegative, optional, positive, whole } from '@latentkit/core/schema';
import { parseJson } from '@latentkit/formats';
import type { MetricsRow, TrainingProgress } from '@latentkit/trainers';
import * as v from 'valibot';

const finite = () => v.pipe(v.number(must('be a number')), v.finite(must('be a finite number')));
const patience = { best: v.nullable(finite()), wait: whole(0) };

/** An epoch's row, whatever terms its loss has. */
const epochSchema = v.intersect([
  v.looseObject({ epoch: whole(1), loss: finite(), valLoss: finite(), seconds: notNegative() }),
  v.record(v.string(), finite()),
]);

const schema = fields({
  seed: whole(0),
  step: whole(0),
  epoch: whole(0),
  batch: whole(0),
  batchSize: optional(whole(1)),
  trainImages: optional(whole(1)),
  sums: v.record(v.string(), finite(), must('be an object of numbers')),
  earlyStopping: fields(patience),
  plateau: fields({ ...patience, scale: v.pipe(positive(), v.maxValue(1, must('be at most 1'))) }),
  best: v.nullable(fields({ epoch: whole(1), valLoss: finite() })),
  history: v.array(epochSchema, must('be a list')),
});

/**
 * How far a run was, from untrusted JSON: every field checked, and that they can be true together.
 *
 * @throws `E_FORMAT` naming the first field that does not fit.
 */
export function parseProgress(value: unknown, where: string): TrainingProgress {
  const { success, output, issues } = v.safeParse(schema, value);
  const problem = success ? contradiction(output) : describeIssue(issues);
  if (problem === undefined) return value as TrainingProgress; // not the output, whose keys come in another order
  throw new LatentkitError('E_FORMAT', `${where}: progress: ${problem}`, {
    fix: 'The file is damaged: go on from another checkpoint, or train anew',
  });
}

/**
 * The first `count` rows of a `metrics.jsonl`.
 *
 * @throws `E_FORMAT` when they are not there, or are not rows of epochs.
 */
export function parseHistory(lines: string, count: number, where: string): MetricsRow[] {
  return lines
    .split('\n', count)
    .filter((line) => line !== '')
    .map((line, i) => {
      try {
        const row = parseJson(line, where);
        v.assert(epochSchema, row);
        return row as unknown as MetricsRow;
      } catch (cause) {
        throw new LatentkitError('E_FORMAT', `${where}: line ${i + 1} is no row of an epoch`, { cause });
      }
    });
}

function contradiction(progress: v.InferOutput<typeof schema>): string | undefined {
  const { step, epoch, batch, best, history } = progress;
  if (history.length !== epoch) {
    return `epoch is ${epoch}, but there are ${history.length} rows of metrics`;
  }
  const odd = history.findIndex((row, i) => row.epoch !== i + 1);
  if (odd >= 0) return `history[${odd}].epoch must be ${odd + 1}, got ${history[odd]!.epoch}`;
  if (best && best.epoch > epoch) return `best.epoch is ${best.epoch}, of ${epoch} epochs`;
  if (step < epoch + batch) return `step is ${step}, fewer than ${epoch} epochs and ${batch} batches make`;
  return undefined;
}
