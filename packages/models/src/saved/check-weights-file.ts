import { LatentkitError } from '@latentkit/core';
import { checkValue, objectRule } from '@latentkit/core/options';
import { sha256Hex } from '@latentkit/formats';
import type { SavedModel } from './model-json.ts';

const SHOWN = 12; // digits of a SHA-256

/**
 * Makes sure that weights are those that a `model.json` was saved with: others of the same shapes would be taken in silence. One of
 * an older Latentkit does not say, and lets all pass.
 *
 * @param bytes of `model.safetensors`.
 * @param where its name, for the message.
 * @throws `E_FORMAT` where they are not.
 * @example
 * checkWeightsFile(parseSavedModel(json, 'model.json'), bytes, 'model.safetensors');
 */
export function checkWeightsFile(saved: Pick<SavedModel, 'weights'>, bytes: Uint8Array, where: string): void {
  checkValue('checkWeightsFile', 'saved', saved, objectRule);
  const { weights: expected } = saved;
  if (expected === undefined) return;
  const got = sha256Hex(bytes);
  if (got === expected) return;
  const [is, was] = [got, expected].map((hex) => `${hex.slice(0, SHOWN)}...`);
  throw new LatentkitError(
    'E_FORMAT',
    `${where}: expected the weights that model.json was saved with, of SHA-256 ${was}, got ${is}: changed, or of another model`,
    { fix: 'Take both files from one place' },
  );
}
