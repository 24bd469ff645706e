import { LatentkitError, type NdArray } from '@latentkit/core';
import { type Hdf5ParsedGroup, isGroup } from '@latentkit/formats/hdf5';
import { float32Of, groupAt } from './layer-weights.ts';

/** The arrays of a layer as Keras 2 kept them, in the order of `weight_names`: of its own, or of the model that it is in. */
export function legacyArrays(where: string, weights: Hdf5ParsedGroup, layer: string): NdArray[] {
  const own = groupAt(weights, [layer]);
  const names = own?.texts('weight_names');
  const group = own && names ? own : weights;
  const paths = names ?? (weights.texts('weight_names') ?? []).filter((path) => path.startsWith(`${layer}/`));
  return paths.map((path) => {
    const folders = path.split('/');
    const array = groupAt(group, folders.slice(0, -1))?.members.get(folders.at(-1)!);
    if (array && !isGroup(array)) return float32Of(where, `${layer}/${path}`, array);
    throw new LatentkitError('E_FORMAT', `${where}: expected an array '${path}' in '${layer}', got none`);
  });
}

/** Layers of a file of Keras 2 that holds weights alone: their order is said, their kinds are told from their arrays. */
export function legacyLayers(where: string, weights: Hdf5ParsedGroup) {
  // A model among the layers of another lists the weights of its own layers in one.
  const within = (weights.texts('weight_names') ?? []).map((path) => path.slice(0, path.lastIndexOf('/')));
  return (weights.texts('layer_names') ?? [...new Set(within)]).flatMap((name) => {
    const arrays = legacyArrays(where, weights, name);
    if (arrays.length === 0) return [];
    const transposed = /transpose|deconv/i.test(name);
    return [
      {
        name,
        folder: arrays[0]!.shape.length === 2 ? 'dense' : transposed ? 'conv2d_transpose' : 'conv2d',
        arrays,
      },
    ];
  });
}
