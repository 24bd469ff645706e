import type { NdArray } from '@latentkit/core';
import { createModel, type ModelSpec, type NetSpec } from '@latentkit/models';
import { paddingOf } from '../layout/padding.ts';
import { type PlacedLayer, placedLayers } from '../layout/turn-weights.ts';
import type { FoundLayer, FoundNetwork } from './found-network.ts';

/** A network whose kernels lie where another program's padding puts them, and the model that has such. */
export interface WidenedNetwork {
  readonly network: FoundNetwork;
  readonly spec: ModelSpec;
  readonly notes: readonly string[];
}

/**
 * Kernels of an odd size that pad both sides alike there, by half their size, and not here: with a row and a column of zeros, or some more, at
 * their ends they are kernels of another size, whose padding begins where theirs does.
 *
 * A kernel of 3 with stride 2 and padding 1 gives `y[i] = sum_k w[k] x[2 i + k - 1]`. One of 4 is padded by 1 before and after here, and with
 * `w[3] = 0` it is that very sum; the transposed one as well.
 *
 * @returns what was given where kernels lie alike, or no size of them would.
 */
export function widenKernels(network: FoundNetwork, spec: ModelSpec): WidenedNetwork {
  const placed = placedLayers(createModel(spec)).filter(({ layer }) => layer.type !== 'dense');
  const notes: string[] = [];
  const widen = (part: 'encoder' | 'decoder'): { layers: readonly FoundLayer[]; net: NetSpec } => {
    const [layers, net] = [network[part], spec[part]];
    if (net.type !== 'conv') return { layers, net };
    const own = placed.filter((one) => one.part === part);
    const size = layers.find(({ type }) => type !== 'dense')!.kernel.shape[0]!;
    const wide = sizeFor(own, size);
    if (wide === size) return { layers, net };
    notes.push(
      `the file does not say paddings: the ${part}'s kernels of ${size} are taken for padded by ${(size - 1) / 2}, as most are, and are kernels of ${wide} here, with zeros at their ends, which further training changes too`,
    );
    let at = 0;
    const widened = layers.map((layer) =>
      layer.type === 'dense' ? layer : { ...layer, kernel: embed(layer.kernel, own[at++]!, wide) },
    );
    return { layers: widened, net: { ...net, kernelSize: wide } };
  };
  const [encoder, decoder] = [widen('encoder'), widen('decoder')];
  if (notes.length === 0) return { network, spec, notes };
  return {
    network: { ...network, encoder: encoder.layers, decoder: decoder.layers, evenPadding: false },
    spec: { ...spec, encoder: encoder.net, decoder: decoder.net },
    notes,
  };
}

/** The least size of kernels that have room for those of another where these lie; that size itself where there is none, or no need. */
function sizeFor(placed: readonly PlacedLayer[], size: number): number {
  const isEven = placed.every((one) =>
    [0, 1].every((axis) => {
      const { before, after } = paddingAt(one, axis, size);
      return before === after;
    }),
  );
  if (isEven || size % 2 === 0) return size;
  const most = size + 2 * Math.max(...placed.map(({ layer }) => layer.stride ?? 1));
  for (let wide = size + 1; wide <= most; wide++) {
    const fits = (one: PlacedLayer) =>
      [0, 1].every((axis) => {
        const zeros = zerosBefore(one, axis, { size, wide });
        return zeros >= 0 && zeros + size <= wide;
      });
    if (placed.every(fits)) return wide;
  }
  return size;
}

function paddingAt({ layer, input }: PlacedLayer, axis: number, kernel: number) {
  const large = layer.type === 'convolution' ? input : layer.outputShape;
  return paddingOf(large[axis]!, { kernel, stride: layer.stride ?? 1 });
}

function zerosBefore(
  placed: PlacedLayer,
  axis: number,
  { size, wide }: { size: number; wide: number },
): number {
  return paddingAt(placed, axis, wide).before - (size - 1) / 2;
}

/** A kernel `[height, width, ...]` within a larger one of zeros. */
function embed({ shape, data }: NdArray, placed: PlacedLayer, wide: number): NdArray {
  const [size, , ...channels] = shape as [number, number, ...number[]];
  const each = channels.reduce((product, count) => product * count, 1);
  const [top, left] = [0, 1].map((axis) => zerosBefore(placed, axis, { size, wide })) as [number, number];
  const larger = new Float32Array(wide * wide * each);
  for (let row = 0; row < size; row++) {
    const own = data.subarray(row * size * each, (row + 1) * size * each);
    larger.set(own, ((top + row) * wide + left) * each);
  }
  return { shape: [wide, wide, ...channels], data: larger };
}
