import type { NamedArrays } from '@latentkit/core';
import { encodeSafetensors } from '@latentkit/formats';
import { createModel } from '../create-model.ts';
import type { ModelSpec } from '../model-spec.ts';
import { checkWeights } from '../trained/check-weights.ts';
import { type SavedModel, savedModelOf } from './model-json.ts';

/**
 * A model as the two files that a run has, by name: bytes to write to a disk, to a zip or into a download.
 *
 * @param objective what training minimised, if it was not the negative ELBO.
 * @throws `E_CONFIG`, `E_SHAPE` or `E_NOT_FINITE` where the weights are not those of the spec.
 * @example
 * for (const [name, bytes] of Object.entries(saveModel({ spec: model.spec, weights }))) await writeFile(name, bytes);
 */
export function saveModel({
  spec,
  weights,
  ...more
}: {
  spec: ModelSpec;
  weights: NamedArrays;
  epoch?: number;
  objective?: SavedModel['objective'];
}): Record<'model.json' | 'model.safetensors', Uint8Array<ArrayBuffer>> {
  checkWeights('saveModel', weights, createModel(spec).parameterShapes);
  const json = `${JSON.stringify(savedModelOf({ spec, ...more }), undefined, 2)}\n`;
  return { 'model.json': new TextEncoder().encode(json), 'model.safetensors': encodeSafetensors(weights) };
}
