import { sizeOfShape } from '@latentkit/core';
import { fields, list, oneOf, optional, whole, word } from '@latentkit/core/schema';
import type { LayerPlan } from '../layer-plan.ts';
import { type Activation, activationSchema } from '../layers/activation.ts';
import { netKind } from './net-kind.ts';
import { planConvolution, productOf } from './plan-convolution.ts';
import { planOutputs, planUnfold, sizesUpTo } from './plan-decoder-parts.ts';
import { imageDimensions, planHidden } from './plan-dense.ts';

const KERNEL_SIZE = 3;
const STRIDE = 2;
const BLOCKS = 1;
const MOST_GROUPS = 8;

interface Stage {
  readonly name: string;
  readonly activation: Activation;
  readonly norm: 'group' | 'batch' | 'none';
  readonly groups?: number | undefined;
}

/**
 * Stages of residual blocks. An encoder's stage halves the image by a convolution, then has blocks of two convolutions each; a decoder
 * mirrors it: a dense layer, then stages of blocks, each of which doubles the image at its end, then one that makes the channels.
 *
 * Each convolution is normalised by groups of its channels, or by the batch with `norm: 'batch'`, or not at all with `'none'`. Images of
 * any size work, as for type `conv`.
 *
 * @see He et al.: "Deep residual learning for image recognition" (2016), figure 2; Wu & He: "Group normalization" (2018);
 * Ioffe & Szegedy: "Batch normalization" (2015)
 */
export const residual = netKind('residual', {
  fields: fields({
    type: word('residual'),
    /** Of each stage, in the order they run. */
    filters: list(whole(1), {
      least: 1,
      fewer: "must name at least one stage; for none, take type 'mlp'",
    }),
    /** Of each stage; 1 by default. */
    blocks: optional(whole(0)),
    /** What follows convolutions; groups by default. */
    norm: optional(oneOf(['group', 'batch', 'none'])),
    /** Of channels; by default 8, or as many as divide a stage's filters. */
    groups: optional(whole(1)),
    /** Dense layers between the stages and the code; none by default. */
    hidden: optional(list(whole(1))),
    activation: activationSchema,
  }),
  broken({ filters, norm = 'group', groups }) {
    if (groups === undefined) return undefined;
    if (norm !== 'group') {
      return `groups are those of channels that are normalised together, and norm is '${norm}'. Leave groups out, or take norm 'group'`;
    }
    if (filters.every((channels) => channels % groups === 0)) return undefined;
    return `groups must divide the filters of every stage, ${filters.join(', ')}, got ${groups}. Take another number, or leave groups out`;
  },
  planEncoder({ filters, blocks = BLOCKS, norm = 'group', groups, hidden = [], activation }, image) {
    let [height, width, channels] = imageDimensions(image);
    const layers = filters.flatMap((units, i) => {
      const before = channels;
      [height, width, channels] = [Math.ceil(height / STRIDE), Math.ceil(width / STRIDE), units];
      const stage = { name: `encoder.stage${i + 1}`, activation, norm, groups };
      const down = planConvolution(`${stage.name}.down`, {
        ...{ kernelSize: KERNEL_SIZE, channels: before, outputShape: [height, width, units], stride: STRIDE },
        ...productFields(stage),
      });
      return [...normalised(down, stage), ...planBlocks(stage, blocks, down.outputShape)];
    });
    return [...layers, ...planHidden('encoder', height * width * channels, hidden, activation)];
  },
  planDecoder(
    { filters, blocks = BLOCKS, norm = 'group', groups, hidden = [], activation },
    { codeShape, image, heads },
  ) {
    const sizes = sizesUpTo(image, filters.length, STRIDE);
    const dense = planHidden('decoder', sizeOfShape(codeShape), hidden, activation);
    const outputShape = [...sizes[0]!, filters[0]!];
    const unfold = planUnfold(codeShape, hidden, { kernelSize: KERNEL_SIZE, outputShape, activation });
    const layers = filters.flatMap((channels, i) => {
      const stage = { name: `decoder.stage${i + 1}`, activation, norm, groups };
      const units = filters[i + 1] ?? channels;
      const up: LayerPlan = {
        ...{ name: `${stage.name}.up`, type: 'transposedConvolution', stride: STRIDE },
        activation: productFields(stage).activation,
        outputShape: [...sizes[i + 1]!, units],
        parameters: productOf(
          [KERNEL_SIZE, KERNEL_SIZE, units, channels],
          units,
          productFields(stage).hasBias,
        ),
      };
      return [...planBlocks(stage, blocks, [...sizes[i]!, channels]), ...normalised(up, stage)];
    });
    const outputs = planOutputs(heads, image, { kernelSize: KERNEL_SIZE, channels: filters.at(-1)! });
    return { decoder: [...dense, unfold, ...layers], outputs };
  },
});

function planBlocks(stage: Stage, count: number, shape: readonly number[]): LayerPlan[] {
  return Array.from({ length: count }, (_, i): LayerPlan => {
    const name = `${stage.name}.block${i + 1}`;
    const convolution = (which: number, of: Stage) =>
      normalised(
        planConvolution(`${name}.conv${which}`, {
          ...{ kernelSize: KERNEL_SIZE, channels: shape.at(-1)!, outputShape: shape },
          ...productFields(of),
        }),
        of,
      );
    const body = [...convolution(1, stage), ...convolution(2, { ...stage, activation: 'linear' })];
    return { name, type: 'residual', activation: stage.activation, outputShape: shape, parameters: {}, body };
  });
}

/** What a convolution does itself: its norm has the activation. The batch's mean would take a bias away again. */
function productFields({ norm, activation }: Stage): { activation: Activation; hasBias: boolean } {
  return { activation: norm === 'none' ? activation : 'linear', hasBias: norm !== 'batch' };
}

/** A convolution and what normalises it, with the activation after that. */
function normalised(layer: LayerPlan, { norm, groups, activation }: Stage): LayerPlan[] {
  if (norm === 'none') return [layer];
  const channels = layer.outputShape.at(-1)!;
  const [ones, zeros] = (['ones', 'zeros'] as const).map((init) => ({ shape: [channels], init }));
  const shared = {
    ...{ name: `${layer.name}Norm`, activation, outputShape: layer.outputShape },
    parameters: { gain: ones!, bias: zeros! },
  };
  if (norm === 'batch') {
    return [layer, { ...shared, type: 'batchNorm', state: { mean: zeros!, variance: ones! } }];
  }
  return [layer, { ...shared, type: 'groupNorm', groups: groups ?? usualGroups(channels) }];
}

function usualGroups(channels: number): number {
  for (let most = Math.min(MOST_GROUPS, channels); ; most--) if (channels % most === 0) return most;
}
