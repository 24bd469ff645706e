import type { NamedArrays } from '@latentkit/core';
import { checkOptions, needed, type OptionRules, objectRule, whole } from '@latentkit/core/options';
import { encodeSafetensors, sha256Hex } from '@latentkit/formats';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { checkWeights } from '../trained/check-weights.ts';
import { type SavedModel, savedModelOf } from './model-json.ts';

interface ModelToSave {
  spec: ModelSpec;
  weights: NamedArrays;
  epoch?: number;
  objective?: SavedModel['objective'];
}

const RULES: OptionRules<ModelToSave> = {
  spec: needed(objectRule),
  weights: needed(objectRule),
  epoch: whole(0),
  objective: objectRule,
};

/**
 * A model as the two files that a run has, by name: bytes to write to a disk, to a zip or into a download.
 *
 * @param objective what training minimised, if it was not the negative ELBO, or `vq` for a codebook.
 * @throws `E_CONFIG`, `E_SHAPE` or `E_NOT_FINITE` where the weights are not those of the spec.
 * @example
 * for (const [name, bytes] of Object.entries(saveModel({ spec: model.spec, weights }))) await writeFile(name, bytes);
 */
export function saveModel(
  model: ModelToSave,
): Record<'model.json' | 'model.safetensors', Uint8Array<ArrayBuffer>> {
  checkOptions('saveModel', model, RULES);
  const { spec, weights, ...more } = model;
  checkWeights('saveModel', weights, createModel(spec).parameterShapes);
  const bytes = encodeSafetensors(weights);
  const saved = savedModelOf({ spec, ...more, weights: sha256Hex(bytes) });
  const json = `${JSON.stringify(saved, undefined, 2)}\n`;
  return { 'model.json': new TextEncoder().encode(json), 'model.safetensors': bytes };
}
