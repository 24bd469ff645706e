import { LatentkitError } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import {
  checkBy,
  fields,
  openFields,
  optional,
  type SpecOf,
  text,
  textLike,
  whole,
  word,
} from '@latentkit/core/schema';
import { modelSchema } from '../model-spec.ts';
import { MODEL_VERSION, migrate } from './migrations.ts';

const FORMAT = 'latentkit-model';

const schema = fields({
  format: word(FORMAT),
  version: whole(MODEL_VERSION, MODEL_VERSION),
  spec: modelSchema,
  /** The epoch whose weights these are. */
  epoch: whole(0),
  /** What training minimised; what it may hold is for `@latentkit/objectives` to check. */
  objective: openFields({ type: text() }),
  /** SHA-256 of `model.safetensors`: weights of another run may have the same shapes. Older files do not say it. */
  weights: optional(textLike(/^[0-9a-f]{64}$/, 'be 64 digits of a SHA-256')),
});

/** What `model.json` says: how to rebuild the model that `model.safetensors` holds the weights of. */
export type SavedModel = SpecOf<typeof schema>;

/** A `model.json` of today's version. */
export function savedModelOf(
  saved: Pick<SavedModel, 'spec'> & Partial<Pick<SavedModel, 'epoch' | 'objective' | 'weights'>>,
): SavedModel {
  checkValue(
    'savedModelOf',
    'saved',
    saved,
    having('{ spec, epoch, objective, weights }', { spec: 'object' }),
  );
  const { spec, epoch = 0, objective = { type: spec.codebook ? 'vq' : 'elbo' }, weights } = saved;
  return {
    ...{ format: FORMAT, version: MODEL_VERSION, spec, epoch, objective },
    ...(weights !== undefined && { weights }),
  };
}

/**
 * A `model.json` of any version so far, every field checked and brought to today's version.
 *
 * @param where the file's name, for the message.
 * @throws `E_FORMAT` naming the first field that does not fit, or for the file of a newer Latentkit.
 */
export function parseSavedModel(value: unknown, where: string): SavedModel {
  const { version } = checkBy(
    openFields({ format: word(FORMAT), version: whole(1) }),
    value,
    where,
    'E_FORMAT',
  );
  if (version > MODEL_VERSION) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected version ${MODEL_VERSION} at most, got ${version}: written by a newer Latentkit`,
      { fix: 'Update Latentkit to load it' },
    );
  }
  return checkBy(schema, migrate(value as SavedFields), where, 'E_FORMAT');
}

type SavedFields = Parameters<typeof migrate>[0];
