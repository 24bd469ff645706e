import type { Model } from '@latentkit/models';
import { outputToExport } from '../model-to-export.ts';
import { addLayer, addLayers, type BuildOptions, type LayerContext } from './add-layers.ts';
import { type BuiltNetwork, createNetworkBuilder, type KerasValue } from './network-builder.ts';

/**
 * A model's encoder and decoder as networks of Keras's layers: `pixel_values` `[height, width, channels]` -> heads, `latent` -> images, both
 * from 0 to 1; of a conditional model with `labels` as second input.
 */
export function buildNetworks(
  model: Model,
  options: BuildOptions,
): Record<'encoder' | 'decoder', BuiltNetwork> {
  const { image, latentDim, condition } = model.spec;
  const build = (part: 'encoder' | 'decoder') => {
    const builder = createNetworkBuilder();
    const input =
      part === 'encoder'
        ? builder.input('pixel_values', [image.height, image.width, image.channels])
        : builder.input('latent', [latentDim]);
    const labels = condition && builder.input('labels', [condition.classes]);
    const context = { ...options, builder, labels };
    const outputs =
      part === 'encoder' ? addEncoder(model, input, context) : [addDecoder(model, input, context)];
    return builder.finish(part, outputs);
  };
  return { encoder: build('encoder'), decoder: build('decoder') };
}

function addEncoder({ plan, likelihood }: Model, pixels: KerasValue, context: LayerContext): KerasValue[] {
  const [low, high] = likelihood.dataRange;
  const x = rescale('spread', pixels, { scale: high - low, offset: low }, context);
  const features = addLayers(plan.encoder, x, context);
  return plan.heads.map((head) => addLayer(head, features, context));
}

function addDecoder(model: Model, latent: KerasValue, context: LayerContext): KerasValue {
  const { plan, likelihood } = model;
  const [low, high] = likelihood.dataRange;
  const features = addLayers(plan.decoder, latent, context);
  const output = outputToExport(context.where, model);
  const mean = addLayer(plan.outputs[0]!, features, context, output);
  return rescale('gather', mean, { scale: 1 / (high - low), offset: -low / (high - low) }, context);
}

function rescale(
  name: string,
  value: KerasValue,
  config: { scale: number; offset: number },
  { builder }: LayerContext,
): KerasValue {
  if (config.scale === 1 && config.offset === 0) return value;
  return builder.add('Rescaling', name, [value], { config, shape: value.shape });
}
