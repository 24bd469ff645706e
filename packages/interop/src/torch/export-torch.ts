import type { NamedArrays, NdArray } from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { encodeSafetensors } from '@latentkit/formats';
import { checkWeights, createModel, type LayerPlan, type Model, savedModelOf } from '@latentkit/models';
import { paddingOf } from '../layout/padding.ts';
import { permute } from '../layout/permute.ts';
import { placedLayers, turnWeights } from '../layout/turn-weights.ts';
import { MODEL_KEY } from '../model-key.ts';
import { exportRule, type ModelToExport, outputToExport, refuseKind } from '../model-to-export.ts';
import { NUMPY_SOURCE, TORCH_SOURCE } from './python-sources.ts';

/** Files by name. */
export interface TorchFiles {
  readonly 'config.json': Uint8Array;
  readonly 'model.safetensors': Uint8Array;
  readonly 'latentkit_torch.py': Uint8Array;
  readonly 'latentkit_numpy.py': Uint8Array;
}

/**
 * A model for PyTorch and NumPy: weights in PyTorch's layout and by its names, what the layers are, and a Python file for each that runs
 * them and needs nothing else.
 *
 * `model.safetensors` is a `state_dict` (`encoder.conv1.weight`, `encoder.conv1.bias`, ...): kernels `[out, in, height, width]`, of
 * transposed convolutions `[in, out, height, width]`, of linear layers `[out, in]`; norms have `weight`, `bias` and, those over the batch,
 * `running_mean` and `running_var`. Its numbers are those of the run's own file in another
 * order, so that {@link importTorch} gives them back bit for bit.
 *
 * @returns files by name; the same model always gives the same bytes.
 * @throws `E_CONFIG` where the spec makes no model; `E_SHAPE`, `E_NOT_FINITE` for weights that are not its.
 * @example
 * const run = await loadRun('runs/first');
 * for (const [name, bytes] of Object.entries(exportTorch(run))) await writeFile(join('first-torch', name), bytes);
 * // python3 -c "from latentkit_torch import load; print(load('.'))"
 */
export function exportTorch(model: ModelToExport): TorchFiles {
  checkValue('exportTorch', 'model', model, exportRule);
  const { spec, weights, epoch } = model;
  refuseKind('exportTorch', spec);
  const made = createModel(spec);
  checkWeights('exportTorch', weights, made.parameterShapes);
  const networks = turnWeights(made, weights, 'there');
  const named: Record<string, NdArray> = {};
  for (const [name, array] of Object.entries(networks)) {
    named[torchName(name)] = isDenseKernel(made, name) ? permute(array, [1, 0]) : array;
  }
  // What a prior or a likelihood learns is in no network, and goes along.
  const others = Object.entries(weights).filter(([name]) => !(name in networks));
  const config = {
    model_type: 'latentkit-vae',
    ...describeNetworks(made),
    [MODEL_KEY]: savedModelOf({ spec, ...(epoch !== undefined && { epoch }) }),
  };
  const text = new TextEncoder();
  return {
    'config.json': text.encode(`${JSON.stringify(config, null, 2)}\n`),
    'model.safetensors': encodeSafetensors({ ...named, ...Object.fromEntries(others) } as NamedArrays, {
      format: 'pt',
      'latentkit.layout': 'torch',
    }),
    'latentkit_torch.py': text.encode(TORCH_SOURCE),
    'latentkit_numpy.py': text.encode(NUMPY_SOURCE),
  };
}

const TORCH_NAMES = { kernel: 'weight', gain: 'weight', mean: 'running_mean', variance: 'running_var' };

/** A parameter as PyTorch calls it. */
export const torchName = (name: string) =>
  name.replace(/(kernel|gain|mean|variance)$/, (last) => TORCH_NAMES[last as keyof typeof TORCH_NAMES]);

/** Whether a parameter is the matrix of a dense layer, which PyTorch has the other way round. */
export function isDenseKernel({ plan }: Pick<Model, 'plan'>, name: string): boolean {
  const layers = [...plan.encoder, ...plan.heads, ...plan.decoder, ...plan.outputs];
  return layers.some((layer) => layer.type === 'dense' && `${layer.name}.kernel` === name);
}

function describeNetworks(model: Model) {
  const inputs = new Map(placedLayers(model).map(({ layer, input }) => [layer.name, input]));
  const describe = (layer: LayerPlan): object => ({
    ...describeLayer(layer, inputs.get(layer.name)!),
    ...(layer.body && { body: layer.body.map(describe) }),
  });
  const { encoder, heads, decoder, outputs } = model.plan;
  const { image, latentDim, condition } = model.spec;
  return {
    image: [image.channels, image.height, image.width],
    latent_dim: latentDim,
    ...(condition && { classes: condition.classes }),
    range: model.likelihood.dataRange,
    output: outputToExport('exportTorch', model),
    layers: {
      encoder: encoder.map(describe),
      heads: heads.map(describe),
      decoder: decoder.map(describe),
      outputs: outputs.slice(0, 1).map(describe),
    },
  };
}

function describeLayer(
  { name, type, activation, outputShape, parameters, stride = 1, groups }: LayerPlan,
  input: readonly number[],
) {
  const isImage = outputShape.length === 3;
  const output = isImage ? [outputShape[2], outputShape[0], outputShape[1]] : outputShape;
  const own = { name, type, activation, output, conditioned: 'condition' in parameters };
  if (groups !== undefined) return { ...own, groups };
  if (!parameters.kernel || type === 'dense') return own;
  const large = type === 'convolution' ? input : outputShape;
  const [vertical, horizontal] = [0, 1].map((axis) =>
    paddingOf(large[axis]!, { kernel: parameters.kernel!.shape[axis]!, stride }),
  ) as [ReturnType<typeof paddingOf>, ReturnType<typeof paddingOf>];
  return {
    ...{ ...own, stride },
    pads: [vertical.before, horizontal.before, vertical.after, horizontal.after], // top, left, bottom, right
    extra: [vertical.extra, horizontal.extra],
  };
}
