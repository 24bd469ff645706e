import type { NdArray } from '@latentkit/core';
import { type FoundLayer, type FoundNetwork, inputsOf, unitsOf, unlike } from '../foreign/found-network.ts';
import { permute } from '../layout/permute.ts';
import type { StateDict } from './state-dict.ts';

const ENCODER = /(^|[._])enc/i;
const DECODER = /(^|[._])(dec|gen)/i;
const TRANSPOSED = /trans|deconv|convt|up/i;
/** What gives the mean and the log variance, by names that people give them. */
const MEAN = /(^|[._])(fc_?|z_?|to_?|linear_?)?(mu|mean|fc21)([._\d]|$)/i;
const SPREAD =
  /(^|[._])(fc_?|z_?|to_?|linear_?)?(log_?_?var(iance)?|logvar|log_?sigma2?|var|std|sigma|fc22)([._\d]|$)/i;
/** `[out, in, height, width]` to `[height, width, in, out]`; transposed, `[in, out, ...]` to `[height, width, out, in]`. */
const KERNEL = [2, 3, 1, 0];

interface Unplaced {
  readonly name: string;
  readonly weight: NdArray;
  readonly bias?: NdArray;
}

/**
 * The layers of a `state_dict`, encoder and decoder told apart: by their names, or by what stands before the layers that give mean and log
 * variance and what stands behind.
 *
 * @throws `E_FORMAT` naming the tensor that is of no layer of ours, or where the two heads are not found.
 */
export function findLayers(where: string, { tensors, isOrdered }: StateDict): FoundNetwork {
  const layers = unplacedOf(where, tensors);
  const heads = headsOf(where, layers);
  const others = layers.filter((layer) => !heads.includes(layer));
  const isMarked =
    others.some(({ name }) => ENCODER.test(name)) && others.some(({ name }) => DECODER.test(name));
  const latentDim = heads[0].weight.shape[0]!;
  // The decoder begins behind the heads, and where only names give an order, with what takes a code.
  const start = isOrdered
    ? Math.min(...heads.map((head) => layers.indexOf(head)))
    : others.findIndex(({ weight }) => weight.shape.length === 2 && weight.shape[1] === latentDim);
  const inEncoder = (layer: Unplaced, i: number) => {
    if (isMarked && ENCODER.test(layer.name) !== DECODER.test(layer.name)) return ENCODER.test(layer.name);
    return start < 0 || i < start;
  };
  const encoder = others.filter(inEncoder);
  const decoder = others.filter((layer) => !encoder.includes(layer));
  const place = (part: readonly Unplaced[], isDecoder: boolean) =>
    part.map((layer) => layerOf(layer, isDecoder));
  const network = {
    encoder: [...inChain(place(encoder, false), isOrdered), ...place(heads, false)],
    decoder: inChain(place(decoder, true), isOrdered, latentDim),
  };
  return { ...network, channelsFirst: true, evenPadding: true };
}

/** Weights with their biases; what else a model may hold is named. */
function unplacedOf(where: string, tensors: StateDict['tensors']): Unplaced[] {
  const layers: Unplaced[] = [];
  for (const [key, weight] of tensors) {
    if (key.endsWith('.num_batches_tracked')) continue;
    const name = key.replace(/\.?(weight|bias)$/, '');
    const other = tensors.get(`${name}.weight`);
    const isBias = key === `${name}.bias` && (other?.shape.length ?? 0) > 1;
    if (isBias) continue;
    if (key !== `${name}.weight` || ![2, 4].includes(weight.shape.length)) {
      throw unlike(where, `'${key}' [${weight.shape.join(', ')}] is of no dense layer and no convolution`);
    }
    const bias = tensors.get(`${name}.bias`);
    layers.push({ name, weight, ...(bias && { bias }) });
  }
  return layers;
}

function headsOf(where: string, layers: readonly Unplaced[]): [Unplaced, Unplaced] {
  const isDense = ({ weight }: Unplaced) => weight.shape.length === 2;
  const dense = layers.filter(isDense);
  const [mean, spread] = [MEAN, SPREAD].map((pattern) => dense.filter(({ name }) => pattern.test(name)));
  if (mean!.length === 1 && spread!.length === 1) return [mean![0]!, spread![0]!];
  // Two of one shape, one behind the other, whose numbers another layer takes.
  const pairs = dense.flatMap((layer, i): [Unplaced, Unplaced][] => {
    const next = dense[i + 1];
    const isPair = next && String(next.weight.shape) === String(layer.weight.shape);
    const isTaken = dense.some(({ weight }) => weight.shape[1] === layer.weight.shape[0]);
    return isPair && isTaken && layer.weight.shape[0]! < layer.weight.shape[1]! ? [[layer, next]] : [];
  });
  if (pairs.length === 1) return pairs[0]!;
  throw unlike(
    where,
    `the two layers that give mean and log variance are not found among ${layers.map(({ name }) => name).join(', ') || 'none'}: call them by what they give`,
  );
}

function layerOf({ name, weight, bias }: Unplaced, isDecoder: boolean): FoundLayer {
  const rest = { name, ...(bias && { bias }) };
  if (weight.shape.length === 2) return { ...rest, type: 'dense', kernel: permute(weight, [1, 0]) };
  const isTransposed = isDecoder || TRANSPOSED.test(name);
  return {
    ...rest,
    type: isTransposed ? 'transposedConvolution' : 'convolution',
    kernel: permute(weight, KERNEL),
  };
}

/** Layers each of which takes what the one before gives, where the file's order is that of names. */
function inChain(layers: readonly FoundLayer[], isOrdered: boolean, inputs?: number): FoundLayer[] {
  if (isOrdered) return [...layers];
  const left = [...layers];
  const chain: FoundLayer[] = [];
  let units = inputs;
  while (left.length > 0) {
    const takes = (layer: FoundLayer) => units === undefined || inputsOf(layer) === units;
    const starts = left.filter(takes);
    // Without a start it is the one whose numbers no other gives; after an unfolding sizes say nothing, and names do.
    const next =
      (units === undefined
        ? left.find((layer) => !left.some((other) => unitsOf(other) === inputsOf(layer)))
        : starts[0]) ?? left[0]!;
    left.splice(left.indexOf(next), 1);
    chain.push(next);
    units = unitsOf(next);
  }
  return chain;
}
