import { checkValue, having } from '@latentkit/core/options';
import type { Activation } from './layers/activation.ts';

/** A parameter before its first numbers. */
export interface ParameterPlan {
  readonly shape: readonly number[];
  /** Glorot's uniform numbers, numbers from 0 to 1, or all the same. */
  readonly init: 'glorot' | 'unit' | 'zeros' | 'ones';
}

/** One layer of a model: what it computes, and the parameters `<name>.<parameter>` that it computes with. */
export interface LayerPlan {
  readonly name: string;
  /** Of {@link LAYERS}. */
  readonly type: string;
  readonly activation: Activation;
  /** Of one example, without the batch. */
  readonly outputShape: readonly number[];
  readonly parameters: Readonly<Record<string, ParameterPlan>>;
  /** What training moves by other means than gradients, `<name>.<state>`: running statistics. */
  readonly state?: Readonly<Record<string, ParameterPlan>>;
  /** Step of a convolution. */
  readonly stride?: number;
  /** Of channels, that are normalised together. */
  readonly groups?: number;
  /** The layers of a block. */
  readonly body?: readonly LayerPlan[];
}

/** The layers of a model in the order they run. */
export interface ModelPlan {
  readonly encoder: readonly LayerPlan[];
  /** What reads the encoder's features: mean and logVar, or the code. */
  readonly heads: readonly LayerPlan[];
  /** Of one example's code: `[size]`, or of a grid of vectors `[height, width, size]`. */
  readonly codeShape: readonly number[];
  readonly decoder: readonly LayerPlan[];
  /** What reads the decoder's features: a layer for each head of the likelihood. */
  readonly outputs: readonly LayerPlan[];
  /** What a kind has beside encoder and decoder, by name: a classifier, say. Layers `<part>.<layer>`. */
  readonly parts?: Readonly<Record<string, readonly LayerPlan[]>>;
}

const planRule = having("a model's plan", {
  encoder: 'object',
  heads: 'object',
  decoder: 'object',
  outputs: 'object',
});

/** Layers, those of blocks before the block. */
export function flatLayers(layers: readonly LayerPlan[]): LayerPlan[] {
  return layers.flatMap((layer) => [...flatLayers(layer.body ?? []), layer]);
}

/** A plan's layers, one after the other, those of blocks before the block. */
export function layersOf(plan: ModelPlan): LayerPlan[] {
  checkValue('layersOf', 'plan', plan, planRule);
  const { encoder, heads, decoder, outputs, parts = {} } = plan;
  return flatLayers([...encoder, ...heads, ...decoder, ...outputs, ...Object.values(parts).flat()]);
}

/** An encoder's layers as those of another part of the model. */
export function inPart(part: string, layers: readonly LayerPlan[]): LayerPlan[] {
  return layers.map(({ body, ...layer }) => ({
    ...layer,
    name: layer.name.replace(/^encoder/, part),
    ...(body && { body: inPart(part, body) }),
  }));
}
