import { LatentkitError, type NamedArrays, type NdArray } from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { checkWeights, createModel, layersOf, type Model, savedModelOf } from '@latentkit/models';
import { buildNetworks } from '../keras/build-networks.ts';
import { type BuiltLayer, type BuiltNetwork, isInput, type Json } from '../keras/network-builder.ts';
import { MODEL_KEY } from '../model-key.ts';
import { exportRule, type ModelToExport, refuseKind } from '../model-to-export.ts';

/** Files by path. */
export interface TfjsFiles {
  readonly 'encoder/model.json': Uint8Array;
  readonly 'encoder/group1-shard1of1.bin': Uint8Array;
  readonly 'decoder/model.json': Uint8Array;
  readonly 'decoder/group1-shard1of1.bin': Uint8Array;
}

const SHARD = 'group1-shard1of1.bin';

/**
 * A model's encoder and decoder as LayersModels of TensorFlow.js: `tf.loadLayersModel('encoder/model.json')`.
 *
 * Encoder: `pixel_values` `[batch, height, width, channels]`, float32 from 0 to 1 (any numbers where the likelihood's output is linear) ->
 * `[mean, log_var]`, each `[batch, latent]` (of a plain autoencoder `code` alone). Decoder: `latent` `[batch, latent]` -> images of the same
 * kind. A conditional model has a second input, `labels` `[batch, classes]`, one-hot. The words are those of Keras 2, as TensorFlow.js knows no
 * others; the weights' numbers are those of `model.safetensors`, and {@link importTfjs} gives them back bit for bit.
 *
 * @returns files by path; the same model always gives the same bytes.
 * @throws `E_CONFIG` where the spec makes no model; `E_SHAPE`, `E_NOT_FINITE` for weights that are not its; `E_USAGE` for networks that
 * normalise groups of channels.
 * @example
 * const run = await loadRun('runs/first');
 * for (const [path, bytes] of Object.entries(exportTfjs(run))) await writeFile(path, bytes);
 * @see https://www.tensorflow.org/js/guide/save_load
 */
export function exportTfjs(model: ModelToExport): TfjsFiles {
  checkValue('exportTfjs', 'model', model, exportRule);
  const { spec, weights, epoch } = model;
  refuseKind('exportTfjs', spec);
  const made = createModel(spec);
  refuseGroups(made);
  checkWeights('exportTfjs', weights, made.parameterShapes);
  const saved = savedModelOf({ spec, ...(epoch !== undefined && { epoch }) });
  // There is no activation of that name, but a layer.
  const { encoder, decoder } = buildNetworks(made, { where: 'exportTfjs', leakyLayers: true });
  const json = (network: BuiltNetwork) =>
    new TextEncoder().encode(
      JSON.stringify({
        format: 'layers-model',
        generatedBy: 'Latentkit',
        convertedBy: null,
        modelTopology: {
          class_name: 'Model',
          config: describe(network),
          keras_version: '2.0.0',
          backend: 'tensorflow',
        },
        weightsManifest: [
          {
            paths: [SHARD],
            weights: weightsOf(network, weights).map(({ name, shape }) => ({
              name,
              shape,
              dtype: 'float32',
            })),
          },
        ],
        userDefinedMetadata: { [MODEL_KEY]: saved },
      }),
    );
  return {
    'encoder/model.json': json(encoder),
    'encoder/group1-shard1of1.bin': shardOf(encoder, weights),
    'decoder/model.json': json(decoder),
    'decoder/group1-shard1of1.bin': shardOf(decoder, weights),
  };
}

function describe({ name, layers, outputs }: BuiltNetwork): Json {
  const ends = (names: readonly string[]): Json => names.map((layer) => [layer, 0, 0]);
  return {
    ...{ name, trainable: true, layers: layers.map(describeLayer) },
    input_layers: ends(layers.filter(isInput).map((layer) => layer.name)),
    output_layers: ends(outputs.map((value) => value.name)),
  };
}

function describeLayer(layer: BuiltLayer): Json {
  const { className, name, config, inputs, shape } = layer;
  const own: Readonly<Record<string, Json>> = isInput(layer)
    ? { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false }
    : { trainable: true, dtype: 'float32', ...config };
  const nodes: Json = isInput(layer) ? [] : [inputs.map((value): Json => [value.name, 0, 0, {}])];
  return { class_name: className, name, config: { name, ...own }, inbound_nodes: nodes };
}

/** What TensorFlow.js calls the arrays of a layer: those of a product, where nothing else is said. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  BatchNormalization: ['gamma', 'beta', 'moving_mean', 'moving_variance'],
};
const OF_PRODUCT = ['kernel', 'bias'];

type NamedArray = NdArray & { readonly name: string };

function weightsOf({ layers }: BuiltNetwork, arrays: NamedArrays): NamedArray[] {
  return layers.flatMap(({ name, className, weights }) => {
    const variables = VARIABLES[className] ?? OF_PRODUCT;
    return weights.map((own, i) => ({ ...arrays[own]!, name: `${name}/${variables[i]}` }));
  });
}

/** Float32, little-endian, one after the other. */
function shardOf(network: BuiltNetwork, weights: NamedArrays): Uint8Array {
  const arrays = weightsOf(network, weights);
  const count = arrays.reduce((sum, { data }) => sum + data.length, 0);
  const view = new DataView(new ArrayBuffer(4 * count));
  let at = 0;
  for (const { data } of arrays) {
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return new Uint8Array(view.buffer);
}

/** @throws `E_USAGE` for networks that normalise groups of channels. */
function refuseGroups({ plan }: Model): void {
  if (layersOf(plan).every(({ type }) => type !== 'groupNorm')) return;
  throw new LatentkitError(
    'E_USAGE',
    'exportTfjs: the networks normalise groups of channels, and TensorFlow.js has no layer that does',
    {
      fix: "Write them as ONNX (exportOnnx, --to onnx) or for Keras (exportKeras, --to keras), or train with norm: 'batch' or 'none'",
    },
  );
}
