import type { NamedArrays, NdArray } from '@latentkit/core';
import type { LayerPlan, Model } from '@latentkit/models';
import { type Direction, turnAxis, turnKernel } from './channels-first.ts';

/** A layer of a model's networks, and where it stands. */
export interface PlacedLayer {
  readonly layer: LayerPlan;
  readonly part: 'encoder' | 'decoder';
  /** Of one example, as it goes in: `[height, width, channels]`, or `[numbers]`. */
  readonly input: readonly number[];
}

/**
 * A model's layers in the order that they run, from images to the means of images: what other heads of its decoder say of the noise is in no
 * picture.
 */
export function placedLayers({
  spec: { image, latentDim },
  plan,
}: Pick<Model, 'spec' | 'plan'>): PlacedLayer[] {
  const placed: PlacedLayer[] = [];
  const place = (
    part: PlacedLayer['part'],
    layers: readonly LayerPlan[],
    first: readonly number[],
  ): readonly number[] =>
    layers.reduce((input: readonly number[], layer): readonly number[] => {
      // Those of a block before the block.
      if (layer.body) place(part, layer.body, input);
      placed.push({ layer, part, input });
      return layer.outputShape;
    }, first);
  const features = place('encoder', plan.encoder, [image.height, image.width, image.channels]);
  for (const head of plan.heads) place('encoder', [head], features);
  const last = place('decoder', plan.decoder, [latentDim]);
  place('decoder', plan.outputs.slice(0, 1), last);
  return placed;
}

/** What a layer has learned, by gradients and by other means. */
export const learnedOf = ({ parameters, state }: LayerPlan) => ({ ...parameters, ...state });

const isImage = (shape: readonly number[]) => shape.length === 3;

/**
 * The weights of a model's networks in the order of programs that keep channels first, by the same names: kernels of convolutions
 * `[out, in, height, width]`, of transposed ones `[in, out, height, width]`, those of dense layers `[in, out]` with the numbers of images
 * in the other order; or back.
 */
export function turnWeights(
  model: Pick<Model, 'spec' | 'plan'>,
  weights: NamedArrays,
  direction: Direction,
): Record<string, NdArray> {
  const turned: Record<string, NdArray> = {};
  for (const { layer, input } of placedLayers(model)) {
    const { name, type } = layer;
    for (const parameter of Object.keys(learnedOf(layer))) {
      let array = weights[`${name}.${parameter}`]!;
      if (type === 'dense') array = turnDense(layer, input, { array, parameter }, direction);
      else if (parameter === 'kernel') array = turnKernel(array, direction);
      turned[`${name}.${parameter}`] = array;
    }
  }
  return turned;
}

/** A parameter of a dense layer with the numbers of images, that go in and that come out, in the other order. */
export function turnDense(
  { outputShape }: LayerPlan,
  input: readonly number[],
  { array, parameter }: { array: NdArray; parameter: string },
  direction: Direction,
): NdArray {
  const turned = parameter === 'kernel' && isImage(input) ? turnAxis(array, 0, input, direction) : array;
  return isImage(outputShape) ? turnAxis(turned, turned.shape.length - 1, outputShape, direction) : turned;
}

/** The shape that a layer's parameter has there. */
export function turnedShape(layer: LayerPlan, parameter: string): readonly number[] {
  const { type } = layer;
  const { shape } = learnedOf(layer)[parameter]!;
  if (type === 'dense' || parameter !== 'kernel') return shape;
  const [height, width, inner, outer] = shape as [number, number, number, number];
  return [outer, inner, height, width];
}

/** Whether what a class adds is a number for each pixel and channel, and not one a channel. */
export function addsToPixels({ type, outputShape }: LayerPlan): boolean {
  return type === 'dense' && isImage(outputShape);
}
