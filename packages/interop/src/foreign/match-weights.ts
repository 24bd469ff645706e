import { LatentkitError, type NamedArrays, type NdArray, sizeOfShape } from '@latentkit/core';
import { checkWeights, createModel, type LayerPlan, type Model, type ModelSpec } from '@latentkit/models';
import { paddingOf } from '../layout/padding.ts';
import { placedLayers, turnDense } from '../layout/turn-weights.ts';
import { type FoundLayer, type FoundNetwork, unlike } from './found-network.ts';

/** Names by which a layer gives the log variance and not the mean. */
const LOG_VARIANCE = /log|var|std|sigma/i;

/**
 * The weights of a model from another program's layers, the first to the first: each has to be of its kind and shape.
 *
 * @returns weights, and which layers give mean and log variance, to be told.
 * @throws `E_FORMAT` naming the layer that differs; `E_NOT_FINITE` for numbers that are none.
 */
export function matchWeights(
  where: string,
  spec: ModelSpec,
  network: FoundNetwork,
): { weights: NamedArrays; notes: readonly string[] } {
  const model = createModel(spec);
  const weights: Record<string, NdArray> = {};
  const notes: string[] = [];
  const output = model.plan.outputs[0]!.name;
  const heads = model.plan.heads.map(({ name }) => name);
  for (const part of ['encoder', 'decoder'] as const) {
    const placed = placedLayers(model).filter((one) => one.part === part);
    const found =
      part === 'encoder' ? headsInOrder([...network.encoder], heads.length) : [...network.decoder];
    if (heads.length === 2 && part === 'encoder' && found.length >= 2) {
      notes.push(`the mean is '${found.at(-2)!.name}', the log variance '${found.at(-1)!.name}'`);
    }
    for (const { layer, input } of placed) {
      const own = take(where, found, layer);
      checkSame(where, own, {
        stride: layer.stride ?? 1,
        activation: layer.name === output ? spec.likelihood.output : layer.activation,
      });
      checkPlacement(where, layer, { input, own });
      if (network.evenPadding) checkEven(where, layer, { input, own });
      const array = (given: NdArray, parameter: string) => {
        const { channelsFirst } = network;
        return channelsFirst && layer.type === 'dense'
          ? turnDense(layer, input, { array: given, parameter }, 'back')
          : given;
      };
      weights[`${layer.name}.kernel`] = array(own.kernel, 'kernel');
      const { shape } = layer.parameters.bias!;
      weights[`${layer.name}.bias`] = array(
        own.bias ?? { shape, data: new Float32Array(sizeOfShape(shape)) },
        'bias',
      );
      if (layer.parameters.condition) {
        weights[`${layer.name}.condition`] =
          conditionOf(where, layer, own) ?? takeCondition(where, found, layer);
      } else if (own.condition) {
        throw unlike(where, `'${own.name}' is told classes, and ${layer.name} of the model is not`);
      }
    }
    const [left] = found;
    if (left) throw unlike(where, `'${left.name}' has no place in the ${part} of the model`);
  }
  checkLearned(where, model, weights);
  checkWeights(where, weights, model.parameterShapes);
  return { weights, notes };
}

/** Mean before log variance, where their names say which is which. */
function headsInOrder(layers: FoundLayer[], count: number): FoundLayer[] {
  const [first, second] = layers.slice(-2) as [FoundLayer, FoundLayer];
  if (count !== 2 || layers.length < 2) return layers;
  const isTurned = LOG_VARIANCE.test(first.name) && !LOG_VARIANCE.test(second.name);
  return isTurned ? [...layers.slice(0, -2), second, first] : layers;
}

function take(where: string, found: FoundLayer[], layer: LayerPlan): FoundLayer {
  const expected = layer.parameters.kernel!.shape;
  const own = found.shift();
  const wanted = `${layer.name}, ${layer.type} [${expected.join(', ')}]`;
  if (!own) throw unlike(where, `no layer is left for ${wanted}`);
  if (own.type === layer.type && String(own.kernel.shape) === String(expected)) return own;
  throw unlike(
    where,
    `'${own.name}' is ${own.type} [${own.kernel.shape.join(', ')}], expected one for ${wanted}`,
  );
}

/** What the file says of a layer is what the model has there. */
function checkSame(where: string, own: FoundLayer, ours: { stride: number; activation: string }): void {
  for (const what of ['stride', 'activation'] as const) {
    if ((own[what] ?? ours[what]) === ours[what]) continue;
    throw unlike(where, `'${own.name}' has the ${what} ${own[what]}, the model ${ours[what]}`);
  }
}

/** What a class adds, where the file says to which layer. */
function conditionOf(where: string, layer: LayerPlan, { name, condition }: FoundLayer): NdArray | undefined {
  const { shape } = layer.parameters.condition!;
  if (!condition || String(condition.shape) === String(shape)) return condition;
  throw unlike(
    where,
    `what a class adds to '${name}' is [${condition.shape.join(', ')}], expected [${shape.join(', ')}]`,
  );
}

/** What a class adds comes from a dense layer of its own. */
function takeCondition(where: string, found: FoundLayer[], layer: LayerPlan): NdArray {
  const own = found.shift();
  const { shape } = layer.parameters.condition!;
  if (own && !own.bias && String(own.kernel.shape) === String(shape)) return own.kernel;
  throw unlike(
    where,
    `expected what a class adds to ${layer.name}, [${shape.join(', ')}], got '${own?.name ?? 'none'}'`,
  );
}

/** Whether a transposed convolution lies where ours does; a pixel off it would be another model. */
function checkPlacement(
  where: string,
  layer: LayerPlan,
  { input, own: { name, placement, kernel } }: { input: readonly number[]; own: FoundLayer },
): void {
  if (!placement || layer.type !== 'transposedConvolution') return;
  const { stride = 1, outputShape } = layer;
  for (const axis of [0, 1]) {
    const side = kernel.shape[axis]!;
    const [cut, end] = placement.crop[axis]!;
    const isSame = placement.padding === 'same';
    const before = cut + (isSame ? Math.floor(Math.max(side - stride, 0) / 2) : 0);
    const length =
      (isSame ? input[axis]! * stride : (input[axis]! - 1) * stride + Math.max(side, stride)) - cut - end;
    const ours = paddingOf(outputShape[axis]!, { kernel: side, stride });
    if (length === outputShape[axis] && before === ours.before) continue;
    throw unlike(
      where,
      `'${name}' makes ${length} pixels beginning at ${before}, Latentkit's makes ${outputShape[axis]} beginning at ${ours.before}`,
    );
  }
}

/** A padding that differs from side to side is none that the other program has: its results would lie a pixel beside ours. */
function checkEven(
  where: string,
  { type, parameters, outputShape, stride = 1 }: LayerPlan,
  { input, own }: { input: readonly number[]; own: FoundLayer },
): void {
  if (type === 'dense') return;
  const large = type === 'convolution' ? input : outputShape;
  for (const axis of [0, 1]) {
    const kernel = parameters.kernel!.shape[axis]!;
    const { before, after } = paddingOf(large[axis]!, { kernel, stride });
    if (before === after) continue;
    throw unlike(
      where,
      `'${own.name}': with a kernel of ${kernel} and stride ${stride}, ${large[axis]} pixels are padded by ${before} before and ${after} after here, and alike on both sides there`,
    );
  }
}

/**
 * What a prior or a likelihood learns is in no file of networks.
 *
 * @throws `E_CONFIG` for a model with such parameters.
 */
export function checkLearned(where: string, { parameterShapes }: Model, weights: NamedArrays): void {
  const missing = Object.keys(parameterShapes).find((name) => !(name in weights));
  if (missing === undefined) return;
  throw new LatentkitError(
    'E_CONFIG',
    `${where}: the file does not hold '${missing}', which is of no network`,
    {
      fix: 'Take model.json and model.safetensors of the run: they hold all that a model learned',
    },
  );
}
