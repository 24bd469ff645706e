import { checkValue } from '@latentkit/core/options';
import { encodeZip } from '@latentkit/formats';
import { encodeHdf5 } from '@latentkit/formats/hdf5';
import { checkWeights, createModel, savedModelOf } from '@latentkit/models';
import { MODEL_KEY } from '../model-key.ts';
import { exportRule, type ModelToExport, refuseKind } from '../model-to-export.ts';
import { buildNetworks } from './build-networks.ts';
import { kerasModelOf } from './keras-model.ts';

/** Files by name. */
export interface KerasFiles {
  readonly 'encoder.keras': Uint8Array;
  readonly 'decoder.keras': Uint8Array;
}

/** The version whose words the files are written in: those of all Keras 3 so far. */
const KERAS_VERSION = '3.0.0';

/**
 * A model's encoder and decoder for Keras 3, on any of its backends: `keras.saving.load_model('encoder.keras')`.
 *
 * Encoder: `pixel_values` `[batch, height, width, channels]`, float32 from 0 to 1 (any numbers where the likelihood's output is linear) ->
 * `[mean, log_var]`, each `[batch, latent]` (of a plain autoencoder `code` alone). Decoder: `latent` `[batch, latent]` -> images of the same
 * kind. A conditional model has a second input, `labels` `[batch, classes]`, one-hot. They are functional models of Keras's own layers, safe
 * to load and to train further; the weights' numbers are those of `model.safetensors`.
 *
 * @returns files by name; the same model always gives the same bytes.
 * @throws `E_CONFIG` where the spec makes no model; `E_SHAPE`, `E_NOT_FINITE` for weights that are not its.
 * @example
 * const run = await loadRun('runs/first');
 * for (const [name, bytes] of Object.entries(exportKeras(run))) await writeFile(name, bytes);
 * @see https://keras.io/api/models/model_saving_apis/
 */
export function exportKeras(model: ModelToExport): KerasFiles {
  checkValue('exportKeras', 'model', model, exportRule);
  const { spec, weights, epoch } = model;
  refuseKind('exportKeras', spec);
  const made = createModel(spec);
  checkWeights('exportKeras', weights, made.parameterShapes);
  const metadata = {
    ...{ keras_version: KERAS_VERSION, date_saved: '1980-01-01@00:00:00' },
    [MODEL_KEY]: savedModelOf({ spec, ...(epoch !== undefined && { epoch }) }),
  };
  const networks = buildNetworks(made, { where: 'exportKeras' });
  const write = (part: 'encoder' | 'decoder') => {
    const { config, weights: arrays } = kerasModelOf(networks[part], weights);
    const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    return encodeZip([
      { name: 'metadata.json', bytes: text(metadata) },
      { name: 'config.json', bytes: text(config) },
      { name: 'model.weights.h5', bytes: encodeHdf5(arrays) },
    ]);
  };
  return { 'encoder.keras': write('encoder'), 'decoder.keras': write('decoder') };
}
