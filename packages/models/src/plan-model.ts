import { pixelCount, sizeOfShape } from '@latentkit/core';
import type { Head } from '@latentkit/losses';
import { kindOf } from './kinds/kinds.ts';
import type { LayerPlan, ModelPlan } from './layer-plan.ts';
import type { ModelSpec } from './model-spec.ts';
import { netKindOf } from './nets/nets.ts';
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
  const { image, latentDim, condition } = spec;
  const encoder = netKindOf(spec.encoder).planEncoder(spec.encoder, image);
  const last = encoder.at(-1)?.outputShape;
  const features = last ? sizeOfShape(last) : pixelCount(image);
  const codes = kindOf(spec)
    .heads(spec)
    .map(({ name, activation }) => planDense(`encoder.${name}`, features, [latentDim], activation));
  const decoder = netKindOf(spec.decoder).planDecoder(spec.decoder, { latentDim, image, heads });
  const parts = kindOf(spec).parts?.(spec);
  const plan = { encoder, heads: codes, ...decoder, ...(parts && { parts }) };
  return condition ? withCondition(plan, condition.classes) : plan;
}

/** A second kernel, from classes to units, on whatever reads the images and whatever reads the codes. */
function withCondition({ encoder, heads, decoder, outputs, ...rest }: ModelPlan, classes: number): ModelPlan {
  const add = (layer: LayerPlan): LayerPlan => {
    const [units] = layer.parameters.bias!.shape;
    const condition = { shape: [classes, units!], init: 'glorot' } as const;
    return { ...layer, parameters: { ...layer.parameters, condition } };
  };
  const first = (layers: readonly LayerPlan[]) => layers.map((layer, i) => (i === 0 ? add(layer) : layer));
  return {
    encoder: first(encoder),
    heads: encoder.length === 0 ? heads.map(add) : heads,
    decoder: first(decoder),
    outputs: decoder.length === 0 ? outputs.map(add) : outputs,
    ...rest,
  };
}
