import { sizeOfShape } from '@latentkit/core';
import { checkSpec } from './check-spec.ts';
import { KINDS } from './kinds/kinds.ts';
import type { LayerPlan, ModelPlan } from './layer-plan.ts';
import type { Activation, ConvSpec, MlpSpec, ModelSpec } from './model-spec.ts';

const KERNEL_SIZE = 3;
const STRIDE = 2;

/**
 * The layers a spec asks for, with every shape worked out.
 *
 * Convolutions pad to `ceil(size / stride)` and transposed ones undo exactly that, so any image size works, odd ones too.
 *
 * @throws `E_CONFIG` and `E_UNKNOWN_NAME` where the spec makes no model.
 */
export function planModel(spec: ModelSpec): ModelPlan {
  checkSpec(spec);
  const encoder =
    spec.encoder.type === 'mlp' ? planMlp(spec, spec.encoder) : planConvolutions(spec, spec.encoder);
  const features = sizeOfShape(encoder.at(-1)?.outputShape ?? imageDimensions(spec));
  const head = (name: string, activation: Activation) =>
    planDense(`encoder.${name}`, features, [spec.latentDim], activation);
  return {
    encoder,
    heads: KINDS.find(({ type }) => type === spec.kind)!
      .heads(spec)
      .map(({ name, activation }) => head(name, activation)),
    decoder:
      spec.decoder.type === 'mlp'
        ? planMlpDecoder(spec, spec.decoder)
        : planTransposedConvolutions(spec, spec.decoder),
  };
}

function imageDimensions({ image }: ModelSpec): number[] {
  return [image.height, image.width, image.channels];
}

function planDense(name: string, inputs: number, outputShape: number[], activation: Activation): LayerPlan {
  const units = sizeOfShape(outputShape);
  return { name, type: 'dense', activation, kernelShape: [inputs, units], units, outputShape, stride: 1 };
}

function planHidden(
  prefix: string,
  inputs: number,
  { hidden = [], activation }: MlpSpec | ConvSpec,
): LayerPlan[] {
  return hidden.map((units, i) =>
    planDense(`${prefix}.hidden${i + 1}`, i === 0 ? inputs : hidden[i - 1]!, [units], activation),
  );
}

function planMlp(spec: ModelSpec, mlp: MlpSpec): LayerPlan[] {
  return planHidden('encoder', sizeOfShape(imageDimensions(spec)), mlp);
}

function planMlpDecoder(spec: ModelSpec, mlp: MlpSpec): LayerPlan[] {
  const hidden = planHidden('decoder', spec.latentDim, mlp);
  return [
    ...hidden,
    planDense('decoder.output', hidden.at(-1)?.units ?? spec.latentDim, imageDimensions(spec), 'linear'),
  ];
}

function planConvolutions(spec: ModelSpec, conv: ConvSpec): LayerPlan[] {
  const { filters, kernelSize = KERNEL_SIZE, stride = STRIDE, activation } = conv;
  let [height, width, channels] = imageDimensions(spec) as [number, number, number];
  const layers = filters.map((units, i): LayerPlan => {
    const kernelShape = [kernelSize, kernelSize, channels, units];
    [height, width, channels] = [Math.ceil(height / stride), Math.ceil(width / stride), units];
    const outputShape = [height, width, units];
    const name = `encoder.conv${i + 1}`;
    return { name, type: 'convolution', activation, kernelShape, units, outputShape, stride };
  });
  return [...layers, ...planHidden('encoder', height * width * channels, conv)];
}

function planTransposedConvolutions(spec: ModelSpec, conv: ConvSpec): LayerPlan[] {
  const { filters, kernelSize = KERNEL_SIZE, stride = STRIDE, activation } = conv;
  const { image } = spec;
  // The images' size after each layer, from the smallest to the model's: halved from the end, as the encoder does.
  const sizes = [[image.height, image.width] as const];
  for (const _ of filters) {
    const [height, width] = sizes[0]!;
    sizes.unshift([Math.ceil(height / stride), Math.ceil(width / stride)]);
  }
  const hidden = planHidden('decoder', spec.latentDim, conv);
  const inputs = hidden.at(-1)?.units ?? spec.latentDim;
  const unfold = planDense('decoder.unfold', inputs, [...sizes[0]!, filters[0]!], activation);
  const layers = filters.map((units, i): LayerPlan => {
    const kernelShape = [kernelSize, kernelSize, units, filters[Math.max(0, i - 1)]!];
    const outputShape = [...sizes[i + 1]!, units];
    const name = `decoder.deconv${i + 1}`;
    return { name, type: 'transposedConvolution', activation, kernelShape, units, outputShape, stride };
  });
  const output: LayerPlan = {
    name: 'decoder.output',
    type: 'transposedConvolution',
    activation: 'linear',
    kernelShape: [kernelSize, kernelSize, image.channels, filters.at(-1)!],
    units: image.channels,
    outputShape: imageDimensions(spec),
    stride: 1,
  };
  return [...hidden, unfold, ...layers, output];
}
