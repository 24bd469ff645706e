export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A value between two layers: the name of the layer that makes it, and its shape, without the batch. */
export interface KerasValue {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A layer of `keras.layers` in a network. */
export interface BuiltLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly inputs: readonly KerasValue[];
  /** Of its output. */
  readonly shape: readonly number[];
  /** Names of the model's weights, in the order of the layer's own. */
  readonly weights: readonly string[];
}

/** A functional model before it is written down: each version of Keras has its own words for that. */
export interface BuiltNetwork {
  readonly name: string;
  /** Those of inputs are of the class `InputLayer`. */
  readonly layers: readonly BuiltLayer[];
  readonly outputs: readonly KerasValue[];
}

/** A functional model that grows layer by layer. */
export interface NetworkBuilder {
  input(name: string, shape: readonly number[]): KerasValue;
  /** Adds a layer; `shape` is that of its output. */
  add(
    className: string,
    name: string,
    inputs: readonly KerasValue[],
    layer: {
      readonly config?: Readonly<Record<string, Json>>;
      readonly shape: readonly number[];
      readonly weights?: readonly string[];
    },
  ): KerasValue;
  finish(name: string, outputs: readonly KerasValue[]): BuiltNetwork;
}

export function createNetworkBuilder(): NetworkBuilder {
  const layers: BuiltLayer[] = [];
  const add: NetworkBuilder['add'] = (className, name, inputs, { config = {}, shape, weights = [] }) => {
    layers.push({ className, name, config, inputs, shape, weights });
    return { name, shape };
  };
  return {
    add,
    input: (name, shape) => add('InputLayer', name, [], { shape }),
    finish: (name, outputs) => ({ name, layers, outputs }),
  };
}

export const isInput = ({ className }: BuiltLayer) => className === 'InputLayer';
