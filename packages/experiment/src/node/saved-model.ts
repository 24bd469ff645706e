import { LatentkitError } from '@latentkit/core';
import * as v from 'valibot';
import { modelFields } from '../config-schema.ts';
import { describeIssue } from '../describe-issue.ts';
import { fields, must, whole } from '../schema-parts.ts';

const image = fields({ height: whole(1), width: whole(1), channels: whole(1) });

const schema = fields({
  format: v.literal('latentkit-model', must("be 'latentkit-model'")),
  version: v.literal(1, must('be 1; a newer Latentkit may know it')),
  spec: fields({ ...modelFields, image }),
  epoch: whole(0),
});

/** What `model.json` says: how to rebuild the model that `model.safetensors` holds the weights of. */
export type SavedModel = v.InferOutput<typeof schema>;

/**
 * A `model.json`, every field checked.
 *
 * @throws `E_FORMAT` naming the first field that does not fit.
 */
export function parseSavedModel(value: unknown, where: string): SavedModel {
  const { success, output, issues } = v.safeParse(schema, value);
  if (success) return output;
  throw new LatentkitError('E_FORMAT', `${where}: ${describeIssue(issues)}`);
}
