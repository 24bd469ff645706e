import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeZip } from '../zip/encode-zip.ts';
import { parseTorch, type TorchValue } from './parse-torch.ts';

// torch 1.13 wrote them: fixtures/make-torch.py.
const fixture = (name: string) => readFileSync(`${import.meta.dirname}/../../fixtures/${name}`);
const at = (value: TorchValue, ...path: string[]) =>
  path.reduce<TorchValue>((one, key) => (one as Map<string, TorchValue>).get(key)!, value);
const root = await parseTorch(fixture('torch-types.pt'));

it.each([
  ['float32', Float32Array, [0.1, -1.5, 3e38].map(Math.fround)],
  ['float64', Float64Array, [0.1, -1.5, 1e300]],
  ['float16', Float32Array, [0.5, -1.5, 65504]],
  ['bfloat16', Float32Array, [0.5, -1.5, 2 ** 100]],
  ['int64', Float64Array, [-(2 ** 53) + 1, 0, 2 ** 53 - 1]],
  ['uint8', Uint8Array, [0, 1, 255]],
  ['bool', Uint8Array, [1, 0, 1]],
] as const)('a tensor of %s', (type, kind, values) => {
  expect(at(root, 'types', type)).toEqual({ shape: [3], data: kind.from(values) });
});

it('honours offsets and strides, and shares numbers', () => {
  const counted = (...values: number[]) => Float32Array.from(values);
  expect(Object.fromEntries(at(root, 'views') as Map<string, TorchValue>)).toEqual({
    whole: { shape: [4, 6], data: Float32Array.from({ length: 24 }, (_, i) => i) },
    turned: {
      shape: [6, 4],
      data: Float32Array.from({ length: 24 }, (_, i) => (i % 4) * 6 + Math.floor(i / 4)),
    },
    part: { shape: [2, 3], data: counted(8, 9, 10, 14, 15, 16) },
    steps: { shape: [5], data: counted(1, 6, 11, 16, 21) },
    spread: { shape: [2, 3], data: counted(1, 1, 1, 1, 1, 1) },
  });
});

it('reads what else a checkpoint holds', () => {
  expect(at(root, 'parameter')).toEqual({ shape: [1, 2], data: Float32Array.of(1, 2) });
  expect(at(root, 'scalar')).toEqual({ shape: [], data: Float32Array.of(2.5) });
  expect(['epoch', 'loss', 'name', 'list', 'size'].map((key) => at(root, key))).toEqual([
    ...[7, 0.25, 'vae ü', [1, [2, null], true, 2n ** 70n], [4, 6]],
  ]);
});

describe('refuses', () => {
  it.each([
    ['a call', 'torch-evil.pt', 'asks for posix.system, which only Python could run'],
    ['a whole module', 'torch-module.pt', 'asks for torch.nn.modules.linear.Linear'],
    ['the format before 1.6', 'torch-old.pt', 'before 1.6 are no ZIPs'],
    ['numbers cut off', 'torch-short.pt', "expected 96 bytes of numbers '0', got 40"],
    ['another order of bytes', 'torch-big.pt', 'big-endian'],
    ['another ZIP', 'plain.zip', 'a ZIP without data.pkl'],
  ])('%s', async (_, name, message) => {
    await expect(parseTorch(fixture(name))).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining(message),
    });
  });

  it('and runs nothing', () => {
    expect(existsSync('/tmp/latentkit-was-run')).toBe(false);
  });

  const pickled = (...codes: (number | string)[]) => {
    const bytes = codes.flatMap((code) =>
      typeof code === 'number' ? code : [...new TextEncoder().encode(code)],
    );
    return parseTorch(encodeZip([{ name: 'vae/data.pkl', bytes: Uint8Array.from(bytes) }]));
  };

  it.each([
    ['nothing', [], 'it is cut off'],
    ['an end without a value', ['.'], 'a value is missing'],
    ['an unknown instruction', ['\x01.'], 'the instruction 1'],
    ['a list without a mark', ['t.'], 'a mark is missing'],
    ['what was not kept', ['h', 5, '.'], 'did not keep'],
    ['a call of a number', ['K', 5, ')R.'], 'something else is called'],
    ['a list in itself', [']q', 0, 'h', 0, 'a.'], 'nested 20 deep'],
    ['a tensor of nothing', ['ctorch._utils\n_rebuild_tensor_v2\n)R.'], 'a tensor is made of something else'],
    ['a module with a break', ['cos\nsystem\n.'], 'asks for os.system'],
  ])('a pickle: %s', async (_, codes, message) => {
    await expect(pickled(...codes)).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining(message),
    });
  });

  it('one number that claims to be many', async () => {
    const spread = [
      'ctorch._utils\n_rebuild_tensor_v2\n((X',
      7,
      0,
      0,
      0,
      'storagectorch\nFloatStorage\nX',
      1,
      0,
      0,
      0,
      '0X',
      3,
      0,
      0,
      0,
      'cpuK',
      1,
      'tQK',
      0,
      '(J',
      0,
      0,
      0,
      1,
      't(K',
      0,
      'ttR.',
    ];
    await expect(pickled(...spread)).rejects.toMatchObject({ code: 'E_LIMIT' });
  });
});

describe('a pickle of a great many instructions ends soon, whatever they are', () => {
  const COUNT = 2 ** 22;
  const pickle = (start: number[], repeated: number[], end: number[]) => {
    const bytes = new Uint8Array(start.length + COUNT + end.length);
    bytes.set(start);
    for (let i = 0; i < COUNT; i++) bytes[start.length + i] = repeated[i % repeated.length]!;
    bytes.set(end, start.length + COUNT);
    return encodeZip([{ name: 'archive/data.pkl', bytes }]);
  };

  it.each([
    ['tuples in tuples', pickle([0x80, 2, 0x5d], [0x85], [0x2e])],
    ['lists in lists', pickle([0x80, 2], [0x5d], [0x61, 0x2e])],
    ['marks', pickle([0x80, 2], [0x28], [0x74, 0x2e])],
    ['dictionaries', pickle([0x80, 2, 0x7d], [0x7d, 0x4e, 0x73], [0x2e])],
    ['values', pickle([0x80, 2, 0x5d], [0x4e, 0x61], [0x2e])],
    ['bytes', pickle([0x80, 2, 0x42, 0, 0, 64, 0], [0], [0x2e])],
  ])('%s', async (_, file) => {
    const started = performance.now();
    await expect(parseTorch(file)).rejects.toMatchObject({ code: 'E_LIMIT' });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
