import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeHdf5 } from './encode-hdf5.ts';
import { type Hdf5ParsedArray, type Hdf5ParsedGroup, isGroup, parseHdf5 } from './parse-hdf5.ts';

// h5py wrote them: fixtures/make-hdf5.py.
const fixture = (name: string) => readFileSync(`${import.meta.dirname}/../../fixtures/${name}`);

function at(group: Hdf5ParsedGroup, path: string) {
  return path
    .split('/')
    .reduce<Hdf5ParsedGroup | Hdf5ParsedArray>(
      (one, name) => (one as Hdf5ParsedGroup).members.get(name)!,
      group,
    );
}
const numbers = (group: Hdf5ParsedGroup, path: string) => (at(group, path) as Hdf5ParsedArray).read();
const tree = ({ members }: Hdf5ParsedGroup): unknown =>
  Object.fromEntries([...members].map(([name, one]) => [name, isGroup(one) ? tree(one) : one.shape]));

it('reads what encodeHdf5 writes', () => {
  const array = { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 4, 0, 6) };
  const root = parseHdf5(
    encodeHdf5({ a: { 'b c': array, empty: {} }, number: { shape: [], data: Float32Array.of(7) } }),
  );
  expect(tree(root)).toEqual({ a: { 'b c': [2, 3], empty: {} }, number: [] });
  expect(numbers(root, 'a/b c')).toEqual(array);
  expect(numbers(root, 'number').data).toEqual(Float32Array.of(7));
});

describe.each(['h5py-earliest.h5', 'h5py-latest.h5'])('%s', (name) => {
  const root = parseHdf5(fixture(name));

  it.each([
    ['float16', Float32Array, [0.5, -1.5, 65504]],
    ['float32', Float32Array, [0.1, -1.5, 3e38].map(Math.fround)],
    ['float64', Float64Array, [0.1, -1.5, 1e300]],
    ['float32-big', Float32Array, [0.1, -1.5, 3e38].map(Math.fround)],
    ['int8', Int8Array, [-128, 0, 127]],
    ['uint16', Uint16Array, [0, 1, 65535]],
    ['int64', Float64Array, [-(2 ** 53) + 1, 0, 2 ** 53 - 1]],
  ] as const)('%s comes as it was', (type, kind, values) => {
    const { shape, data } = numbers(root, `types/${type}`);
    expect(shape).toEqual([3]);
    expect(data).toEqual(kind.from(values));
  });

  it('has its many groups, and arrays of any shape', () => {
    const groups = Array.from({ length: 8 }, (_, i) => `layer_${i}`);
    expect([...(at(root, 'layers') as Hdf5ParsedGroup).members.keys()].sort()).toEqual(groups);
    expect(numbers(root, 'layers/layer_3/0')).toEqual({ shape: [2, 2], data: Float32Array.of(3, 4, 5, 6) });
    expect(numbers(root, 'scalar')).toEqual({ shape: [], data: Float32Array.of(2.5) });
    expect(numbers(root, 'none')).toEqual({ shape: [0, 4], data: new Float32Array(0) });
  });

  it('has its texts', () => {
    expect(root.texts('model')).toEqual([`{"long": "${'ä'.repeat(50)}"}`]);
    expect(root.texts('names')).toEqual(['conv2d', 'dense', 'z_log_var']);
    expect(root.texts('number')).toBe(undefined);
    expect(root.texts('gone')).toBe(undefined);
  });

  it.each([
    ['odd/pieces', 'lies in pieces or packed'],
    ['odd/packed', 'lies in pieces or packed'],
    ['odd/text', 'holds text, expected ordinary numbers'],
    ['odd/complex', 'holds numbers of class'],
  ])('refuses %s by name when it is read', (path, message) => {
    expect(() => numbers(root, path)).toThrow(
      expect.objectContaining({ code: 'E_FORMAT', message: expect.stringContaining(message) }),
    );
  });

  it('does not follow links out of it', () => {
    expect(root.members.has('elsewhere')).toBe(false);
  });
});

describe('refuses', () => {
  const file = encodeHdf5({ a: { b: { shape: [2], data: Float32Array.of(1, 2) } } });

  it.each([
    ['another file', () => parseHdf5(new Uint8Array(100)), 'E_FORMAT', 'expected an HDF5 file'],
    ['an empty one', () => parseHdf5(new Uint8Array(0)), 'E_FORMAT', 'expected an HDF5 file'],
    ['one that is cut off', () => parseHdf5(file.subarray(0, 90)), 'E_FORMAT', 'is damaged'],
    ['a group in itself', () => parseHdf5(fixture('circle.h5')), 'E_FORMAT', 'lie in each other'],
    [
      'a group of nothing but itself',
      () => parseHdf5(fixture('bomb.h5')),
      'E_LIMIT',
      'described in more than',
    ],
    [
      'more than it may hold',
      () => parseHdf5(file, { maxObjects: 2 }),
      'E_LIMIT',
      'at most 2 groups and arrays',
    ],
    ['names in a heap', () => parseHdf5(fixture('heap.h5')), 'E_FORMAT', 'keeps its names in a heap'],
    ['no bytes', () => parseHdf5('x' as never), 'E_USAGE', 'expected a Uint8Array'],
  ] as const)('%s', (_, parse, code, message) => {
    expect(parse).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
