import { pixelCount, sizeOfShape } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import type { Head } from '@latentkit/losses';
import { kindOf } from './kinds/kinds.ts';
import type { LayerPlan, ModelPlan } from './layer-plan.ts';
import type { Activation } from './layers/activation.ts';
import type { ModelSpec } from './model-spec.ts';
import { netKindOf } from './nets/nets.ts';
import { planConvolution } from './nets/plan-convolution.ts';
import { planDense } from './nets/plan-dense.ts';

/**
 * The layers a spec asks for, with every shape worked out; nothing is allocated.
 *
 * @param spec one that has been checked.
 * @param heads what the decoder must give; one number a pixel by default.
 */
export function planModel(
  spec: ModelSpec,
  heads: readonly Head[] = [{ name: 'output', perPixel: 1 }],
): ModelPlan {
  const { image, condition } = spec;
  const encoder = netKindOf(spec.encoder).planEncoder(spec.encoder, image);
  const features = encoder.at(-1)?.outputShape ?? [pixelCount(image)];
  const codeShape = codeShapeOf(spec, features);
  const codes = kindOf(spec)
    .heads(spec)
    .map(({ name, activation }) => planHead(`encoder.${name}`, features, codeShape, activation));
  const decoder = netKindOf(spec.decoder).planDecoder(spec.decoder, { codeShape, image, heads });
  const parts = kindOf(spec).parts?.(spec, features);
  const plan = { encoder, heads: codes, codeShape, ...decoder, ...(parts && { parts }) };
  return condition ? withCondition(plan, condition.classes) : plan;
}

/** Of a spec whose encoder gives features of a shape. */
function codeShapeOf(spec: ModelSpec, features: readonly number[]): readonly number[] {
  return kindOf(spec).codeShape?.(spec, features) ?? [spec.latentDim];
}

/**
 * The numbers of one code: `latentDim`, or of all its vectors, where a code is several of a codebook.
 *
 * @param spec one that has been checked.
 * @example
 * codeSizeOf(trained.spec); // 784 of 7 x 7 vectors of 16
 */
export function codeSizeOf(spec: ModelSpec): number {
  checkValue('codeSizeOf', 'spec', spec, plannedRule);
  const encoder = netKindOf(spec.encoder).planEncoder(spec.encoder, spec.image);
  return sizeOfShape(codeShapeOf(spec, encoder.at(-1)?.outputShape ?? [pixelCount(spec.image)]));
}

const plannedRule = having(
  'the spec of a model',
  { kind: 'string', image: 'object', encoder: 'object' },
  'trained.spec is one',
);

/** What reads the encoder's features: all of them at once, or position by position where codes keep the grid. */
function planHead(
  name: string,
  features: readonly number[],
  codeShape: readonly number[],
  activation: Activation,
): LayerPlan {
  return codeShape.length === 1
    ? planDense(name, sizeOfShape(features), codeShape, activation)
    : planConvolution(name, {
        kernelSize: 1,
        channels: features.at(-1)!,
        outputShape: codeShape,
        activation,
      });
}

/** A second kernel, from classes to units, on whatever reads the images and whatever reads the codes. */
function withCondition(plan: ModelPlan, classes: number): ModelPlan {
  const { encoder, heads, decoder, outputs } = plan;
  const add = (layer: LayerPlan): LayerPlan => {
    const units = layer.parameters.bias?.shape[0] ?? layer.outputShape.at(-1)!;
    const condition = { shape: [classes, units], init: 'glorot' } as const;
    return { ...layer, parameters: { ...layer.parameters, condition } };
  };
  const first = (layers: readonly LayerPlan[]) => layers.map((layer, i) => (i === 0 ? add(layer) : layer));
  return {
    ...plan,
    encoder: first(encoder),
    heads: encoder.length === 0 ? heads.map(add) : heads,
    decoder: first(decoder),
    outputs: decoder.length === 0 ? outputs.map(add) : outputs,
  };
}
