import type { NamedArrays } from '@latentkit/core';
import { createModel, type ModelSpec } from '@latentkit/models';

/** Numbers that an image becomes. */
export const FEATURES = 32;

/**
 * A convolutional classifier of grey images of 28 x 28 without its last layer: the code of a plain autoencoder's spec, whose decoder is
 * never run.
 */
export const FEATURES_SPEC: ModelSpec = {
  ...{ kind: 'autoencoder', image: { height: 28, width: 28, channels: 1 }, latentDim: FEATURES },
  latentActivation: 'relu',
  encoder: { type: 'conv', filters: [8, 16], activation: 'relu' },
  decoder: { type: 'mlp', hidden: [], activation: 'relu' },
  likelihood: { type: 'squaredError', output: 'linear' },
};

/** Weights as they are kept: whole numbers from -127 to 127 in base64, and what they are multiplied by, a tensor. */
export type PackedFeatures = Readonly<Record<string, { readonly scale: number; readonly numbers: string }>>;

const MOST = 127;

/** Weights rounded to whole numbers. */
export function packFeatures(weights: NamedArrays): PackedFeatures {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { data }]) => {
      const scale = Math.fround(data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6) / MOST);
      const bytes = Uint8Array.from(data, (value) => Math.round(value / scale) & 255);
      return [name, { scale, numbers: btoa(String.fromCharCode(...bytes)) }];
    }),
  );
}

/** The weights of {@link FEATURES_SPEC}; the decoder's are zeros. */
export function unpackFeatures(packed: PackedFeatures): NamedArrays {
  const { parameterShapes } = createModel(FEATURES_SPEC);
  return Object.fromEntries(
    Object.entries(parameterShapes).map(([name, shape]) => {
      const kept = packed[name];
      const size = shape.reduce((product, one) => product * one, 1);
      if (!kept) return [name, { shape, data: new Float32Array(size) }];
      const bytes = Int8Array.from(atob(kept.numbers), (char) => (char.charCodeAt(0) << 24) >> 24);
      return [name, { shape, data: Float32Array.from(bytes, (value) => value * kept.scale) }];
    }),
  );
}
