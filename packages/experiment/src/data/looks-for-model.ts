import { checkOptions, checkValue, flagRule, having, needed } from '@latentkit/core/options';
import { recognizeFile } from '@latentkit/datasets/import';
import type { ModelSpec } from '@latentkit/models';
import type { ExperimentConfig } from '../config-schema.ts';
import { tableColumnsOf } from '../model-spec-of.ts';
import { type ImageLooks, imageLooks } from './dataset-of-sets.ts';

/** Bytes of a file that say what it is. */
export const FILE_HEAD_BYTES = 65_536;
const ARRAYS = ['npy', 'idx', 'gzip', 'table', 'safetensors'];

/** Whether a file that begins so holds an array or a table, and no pictures. */
export function isArrayHead(head: Uint8Array): boolean {
  return ARRAYS.includes(recognizeFile(head).type);
}

const runRule = having('a run, { config, spec }', { config: 'object', spec: 'object' });

/**
 * How files become examples for a model that is there, as those were made that it was trained with: pictures of another size are brought
 * to the model's, while an array has to have it; columns are those of the model's table.
 *
 * @example
 * const sets = await importSets(files, looksForModel(run, { isArray: false }));
 */
export function looksForModel(
  run: { readonly config: Pick<ExperimentConfig, 'dataset'>; readonly spec: ModelSpec },
  options: { isArray: boolean },
): ImageLooks {
  checkValue('looksForModel', 'run', run, runRule);
  checkOptions('looksForModel', options, { isArray: needed(flagRule) });
  const { config, spec } = run;
  const looks = imageLooks(config.dataset);
  const columns = tableColumnsOf(spec);
  if (columns) return { ...looks, source: 'table', columns };
  if (options.isArray) return looks;
  const { width, height, channels } = spec.image;
  const isColor = channels === 1 || channels === 3;
  return { ...looks, size: { width, height }, ...(isColor && { channels }) };
}
