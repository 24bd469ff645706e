import type { NamedArrays } from '@latentkit/core';
import type { Hdf5Group } from '@latentkit/formats/hdf5';
import {
  type BuiltLayer,
  type BuiltNetwork,
  isInput,
  type Json,
  type KerasValue,
} from './network-builder.ts';

/** A network as Keras 3 keeps it: its `config.json` and `model.weights.h5`. */
export function kerasModelOf(
  { name, layers, outputs }: BuiltNetwork,
  arrays: NamedArrays,
): { config: Json; weights: Hdf5Group } {
  // One is said as it is, several as a list.
  const all = (names: readonly string[]): Json => {
    const ends = names.map((layer): Json => [layer, 0, 0]);
    return ends.length === 1 ? ends[0]! : ends;
  };
  const inputs = layers.filter(isInput).map((layer) => layer.name);
  const config = {
    ...{ module: 'keras.src.models.functional', class_name: 'Functional', registered_name: 'Functional' },
    config: {
      ...{ name, trainable: true, layers: layers.map(describeLayer) },
      ...{ input_layers: all(inputs), output_layers: all(outputs.map((value) => value.name)) },
    },
  };
  return { config, weights: { layers: weightsOf(layers, arrays) } };
}

function describeLayer(layer: BuiltLayer): Json {
  const { className, name, config, inputs, shape } = layer;
  const tensor = (value: KerasValue): Json => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, ...value.shape], dtype: 'float32', keras_history: [value.name, 0, 0] },
  });
  const own: Readonly<Record<string, Json>> = isInput(layer)
    ? { batch_shape: [null, ...shape], dtype: 'float32', sparse: false }
    : { trainable: true, dtype: 'float32', ...config };
  // One input is handed over as it is, several as a list.
  const args = inputs.length === 1 ? [tensor(inputs[0]!)] : [inputs.map(tensor)];
  return {
    ...{ module: 'keras.layers', class_name: className, registered_name: null, name },
    config: { name, ...own },
    inbound_nodes: isInput(layer) ? [] : [{ args, kwargs: {} }],
  };
}

/** Weights as `keras.saving` looks for them: by the layer's class and its number among those of its class. */
function weightsOf(layers: readonly BuiltLayer[], arrays: NamedArrays): Hdf5Group {
  const counts = new Map<string, number>();
  const groups: Record<string, Hdf5Group> = {};
  for (const { className, weights } of layers) {
    const count = counts.get(className) ?? 0;
    counts.set(className, count + 1);
    if (weights.length === 0) continue;
    const name = `${snakeCase(className)}${count > 0 ? `_${count}` : ''}`;
    groups[name] = { vars: Object.fromEntries(weights.map((own, i) => [String(i), arrays[own]!])) };
  }
  return groups;
}

/** `Conv2DTranspose` to `conv2d_transpose`, as Keras does it. */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
