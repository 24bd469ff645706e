import type { NdArray } from '@latentkit/core';
import type { Hdf5Group } from '@latentkit/formats/hdf5';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A value between two layers: the name of the layer that makes it, and its shape, without the batch. */
export interface KerasValue {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A functional model that grows layer by layer. */
export interface NetworkBuilder {
  input(name: string, shape: readonly number[]): KerasValue;
  /** Adds a layer of `keras.layers`; `shape` is that of its output. */
  add(
    className: string,
    name: string,
    inputs: readonly KerasValue[],
    layer: {
      readonly config?: Readonly<Record<string, Json>>;
      readonly shape: readonly number[];
      readonly weights?: readonly NdArray[];
    },
  ): KerasValue;
  /** The model's `config.json` and `model.weights.h5`, of some of its values. */
  finish(name: string, outputs: readonly KerasValue[]): { config: Json; weights: Hdf5Group };
}

interface Layer {
  readonly className: string;
  readonly json: Json;
  readonly weights: readonly NdArray[];
}

export function createNetworkBuilder(): NetworkBuilder {
  const layers: Layer[] = [];
  const inputs: string[] = [];
  const tensor = ({ name, shape }: KerasValue): Json => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, ...shape], dtype: 'float32', keras_history: [name, 0, 0] },
  });
  const describe = (
    className: string,
    name: string,
    config: Readonly<Record<string, Json>>,
    nodes: Json,
  ): Json => ({
    ...{ module: 'keras.layers', class_name: className, registered_name: null, name },
    config: { name, ...config },
    inbound_nodes: nodes,
  });
  return {
    input(name, shape) {
      inputs.push(name);
      const config = { batch_shape: [null, ...shape], dtype: 'float32', sparse: false };
      layers.push({ className: 'InputLayer', json: describe('InputLayer', name, config, []), weights: [] });
      return { name, shape };
    },
    add(className, name, from, { config = {}, shape, weights = [] }) {
      // One input is handed over as it is, several as a list.
      const args = from.length === 1 ? [tensor(from[0]!)] : [from.map(tensor)];
      const json = describe(className, name, { trainable: true, dtype: 'float32', ...config }, [
        { args, kwargs: {} },
      ]);
      layers.push({ className, json, weights });
      return { name, shape };
    },
    finish(name, outputs) {
      // One is said as it is, several as a list.
      const all = (layers: readonly string[]): Json => {
        const ends = layers.map((layer): Json => [layer, 0, 0]);
        return ends.length === 1 ? ends[0]! : ends;
      };
      const config = {
        ...{ module: 'keras.src.models.functional', class_name: 'Functional', registered_name: 'Functional' },
        config: {
          ...{ name, trainable: true, layers: layers.map(({ json }) => json) },
          ...{ input_layers: all(inputs), output_layers: all(outputs.map((value) => value.name)) },
        },
      };
      return { config, weights: { layers: weightsOf(layers) } };
    },
  };
}

/** Weights as `keras.saving` looks for them: by the layer's class and its number among those of its class. */
function weightsOf(layers: readonly Layer[]): Hdf5Group {
  const counts = new Map<string, number>();
  const groups: Record<string, Hdf5Group> = {};
  for (const { className, weights } of layers) {
    const count = counts.get(className) ?? 0;
    counts.set(className, count + 1);
    if (weights.length === 0) continue;
    const name = `${snakeCase(className)}${count > 0 ? `_${count}` : ''}`;
    groups[name] = { vars: Object.fromEntries(weights.map((array, i) => [String(i), array])) };
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
