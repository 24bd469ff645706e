import { LatentkitError, type NdArray, shorten } from '@latentkit/core';
import { type Hdf5ParsedArray, type Hdf5ParsedGroup, isGroup } from '@latentkit/formats/hdf5';

/** A layer of a file that has weights, in the file's own words. */
export interface StoredLayer {
  /** The layer's own name where the file says it, else where it lies. */
  readonly name: string;
  /** Its class as folders are called: `conv2d_transpose`. */
  readonly folder: string;
  readonly arrays: readonly NdArray[];
}

/** The group at a path; undefined where there is none. */
export function groupAt(root: Hdf5ParsedGroup, path: readonly string[]): Hdf5ParsedGroup | undefined {
  let group: Hdf5ParsedGroup | undefined = root;
  for (const name of path) {
    const member: Hdf5ParsedGroup | Hdf5ParsedArray | undefined = group.members.get(name);
    if (!member || !isGroup(member)) return undefined;
    group = member;
  }
  return group;
}

/** An array of a file as float32. */
export function float32Of(where: string, name: string, array: Hdf5ParsedArray): NdArray {
  const { shape, data } = array.read();
  if (data instanceof Float32Array) return { shape, data };
  throw new LatentkitError(
    'E_FORMAT',
    `${where}: expected '${shorten(name)}' to hold float32 or float16, got ${data.constructor.name}`,
    { fix: 'Save the model with the dtype float32' },
  );
}

/** What a `vars` group holds, in the order of its numbers. */
export function varsOf(where: string, name: string, layer: Hdf5ParsedGroup | undefined): NdArray[] {
  const vars = layer && groupAt(layer, ['vars']);
  if (!vars) return [];
  return [...vars.members]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([key, one]) => {
      if (!isGroup(one)) return float32Of(where, `${name}/vars/${key}`, one);
      throw new LatentkitError(
        'E_FORMAT',
        `${where}: '${shorten(name)}/vars/${shorten(key)}' is a group, expected an array`,
      );
    });
}

const NUMBERED = /^(.*?)(?:_(\d+))?$/;
/** The order in which layers of one group run: a file lists them by their names. */
const ORDER = ['conv2d', 'dense', 'conv2d_transpose'];

/**
 * The layers with weights of a file that says nothing else of its model, by the order of their classes and numbers: convolutions,
 * dense layers, transposed convolutions.
 */
export function layersIn(where: string, part: Hdf5ParsedGroup): StoredLayer[] {
  const found: (StoredLayer & { rank: readonly [number, number] })[] = [];
  for (const [name, member] of groupAt(part, ['layers'])?.members ?? part.members) {
    if (!isGroup(member) || name === 'vars') continue;
    const arrays = varsOf(where, name, member);
    if (arrays.length === 0) continue; // nothing is learned there
    const [, folder = name, number = '0'] = NUMBERED.exec(name) ?? [];
    const own = groupAt(member, ['vars'])?.texts('name')?.[0] ?? name;
    found.push({ name: own, folder, arrays, rank: [ORDER.indexOf(folder), Number(number)] });
  }
  return found.sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1]);
}
