import {
  anyNumber,
  checkBy,
  fields,
  list,
  nullable,
  openFields,
  optional,
  positive,
  record,
  rule,
  type SpecOf,
  share,
  whole,
} from '@latentkit/core/schema';
import type { TrainingProgress } from './checkpoint.ts';

const finite = anyNumber({ finite: true });
const patience = { best: nullable(finite), wait: whole(0) };

const rowFields = openFields({ epoch: whole(1), loss: finite, valLoss: finite, seconds: finite });

/** An epoch's row, whatever terms its loss has; a term of weight 0 may be infinite. */
export const metricsRowSchema = rule<SpecOf<typeof rowFields>>(rowFields, (row) => {
  const odd = Object.keys(row).find((name) => typeof row[name] !== 'number');
  return odd === undefined ? undefined : `${odd} must be a number`;
});

const progressFields = fields({
  seed: whole(0),
  step: whole(0),
  epoch: whole(0),
  batch: whole(0),
  batchSize: optional(whole(1)),
  trainImages: optional(whole(1)),
  sums: record(anyNumber(), 'be an object of numbers'),
  epochSeconds: optional(finite),
  earlyStopping: fields(patience),
  plateau: fields({ ...patience, scale: positive(1) }),
  best: nullable(fields({ epoch: whole(1), valLoss: finite })),
  history: list(metricsRowSchema),
  rewinds: optional(list(fields({ after: whole(0), factor: share() }))),
});

/** How far a run was: every field by itself, and that they can be true together. */
const progressSchema = rule<SpecOf<typeof progressFields>>(
  progressFields,
  ({ step, epoch, batch, best, history }) => {
    if (history.length !== epoch) {
      return `epoch is ${epoch}, but there are ${history.length} rows of metrics`;
    }
    const odd = history.findIndex((row, i) => row.epoch !== i + 1);
    if (odd >= 0) return `history[${odd}].epoch must be ${odd + 1}, got ${history[odd]!.epoch}`;
    if (best && best.epoch > epoch) return `best.epoch is ${best.epoch}, of ${epoch} epochs`;
    if (step < epoch + batch) return `step is ${step}, fewer than ${epoch} epochs and ${batch} batches make`;
    return undefined;
  },
);

/**
 * How far a run was, from a checkpoint that a program or a file gave.
 *
 * @throws `E_FORMAT` naming the first field that does not fit, what was expected and what was got.
 */
export function checkProgress(value: unknown, where: string): TrainingProgress {
  checkBy(progressSchema, value, `${where}: progress`, 'E_FORMAT', {
    fix: 'It is damaged: go on from another checkpoint, or train anew',
  });
  return value as TrainingProgress; // not the schema's copy, whose keys come in another order
}
