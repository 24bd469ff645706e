import { startWasmBackend } from '@latentkit/backend';
import { createRandom, type NdArray, Stream } from '@latentkit/core';
import { encodeSafetensors } from '@latentkit/formats';
import { createTrainedModel } from '@latentkit/models';
import { beforeAll, expect, it } from 'vitest';
import { importStateDict } from '../torch/import-state-dict.ts';

beforeAll(() => startWasmBackend());

const random = createRandom({ seed: 5, stream: Stream.sample });
const drawn = (...shape: number[]): NdArray => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal() / 3),
});
const layer = (name: string, units: number, ...weight: number[]) => ({
  [`${name}.weight`]: drawn(...weight),
  [`${name}.bias`]: drawn(units),
});

/** `[channels, height, width]`, in doubles. */
interface Picture {
  channels: number;
  side: number;
  at(channel: number, y: number, x: number): number;
}
const pictureOf = (channels: number, side: number, data: ArrayLike<number>): Picture => ({
  ...{ channels, side },
  at: (c, y, x) => (y < 0 || x < 0 || y >= side || x >= side ? 0 : data[(c * side + y) * side + x]!),
});
const relu = (values: number[]) => values.map((value) => Math.max(value, 0));
const weightAt = ({ shape, data }: NdArray, i: number, j: number, y: number, x: number) =>
  data[((i * shape[1]! + j) * shape[2]! + y) * shape[3]! + x]!;
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** `y[o, i, j] = b[o] + sum w[o, c, u, v] x[c, stride i + u - padding, stride j + v - padding]`, as PyTorch's documentation has it. */
function convolve(
  image: Picture,
  w: NdArray,
  b: NdArray,
  { stride, padding }: { stride: number; padding: number },
) {
  const [outs, ins, size] = w.shape as [number, number, number];
  const side = Math.floor((image.side + 2 * padding - size) / stride) + 1;
  return range(outs * side * side).map((at) => {
    const [o, i, j] = [Math.floor(at / side / side), Math.floor(at / side) % side, at % side];
    let sum = b.data[o]!;
    for (const c of range(ins))
      for (const u of range(size))
        for (const v of range(size))
          sum += weightAt(w, o, c, u, v) * image.at(c, stride * i + u - padding, stride * j + v - padding);
    return sum;
  });
}

/** Its transpose: each input adds `w[c, o]` to what it lies on, `side` being what `output_padding` makes of it. */
function transposed(
  image: Picture,
  w: NdArray,
  b: NdArray,
  { stride, padding, side }: { stride: number; padding: number; side: number },
) {
  const [ins, outs, size] = w.shape as [number, number, number];
  const out = range(outs * side * side).map((at) => b.data[Math.floor(at / side / side)]!);
  for (const c of range(ins))
    for (const i of range(image.side))
      for (const j of range(image.side))
        for (const o of range(outs))
          for (const u of range(size))
            for (const v of range(size)) {
              const [y, x] = [stride * i + u - padding, stride * j + v - padding];
              if (y < 0 || x < 0 || y >= side || x >= side) continue;
              out[(o * side + y) * side + x]! += weightAt(w, c, o, u, v) * image.at(c, i, j);
            }
  return out;
}

const dense = (x: ArrayLike<number>, { shape: [units, inputs], data }: NdArray, b: NdArray) =>
  range(units!).map((unit) =>
    range(inputs!).reduce((sum, i) => sum + data[unit * inputs! + i]! * x[i]!, b.data[unit]!),
  );

it.each([
  [3, 2, 8, 4],
  [5, 2, 8, 6],
])(
  'kernels of %i with stride %i and %i pixels lie where PyTorch has them',
  async (size, stride, side, filters) => {
    const small = Math.ceil(side / stride);
    const numbers = filters * small * small;
    const tensors: Record<string, NdArray> = {
      ...layer('encoder.0', filters, filters, 1, size, size),
      ...layer('encoder.1', 6, 6, numbers),
      ...layer('mu', 2, 2, 6),
      ...layer('logvar', 2, 2, 6),
      ...layer('decoder.0', numbers, numbers, 2),
      ...layer('decoder.1', filters, filters, filters, size, size),
      ...layer('decoder.2', 1, filters, 1, size, size),
    };
    const of = (name: string) => [tensors[`${name}.weight`]!, tensors[`${name}.bias`]!] as const;
    const { spec, weights, notes } = await importStateDict(encodeSafetensors(tensors));
    expect(notes).toContainEqual(
      expect.stringContaining(`kernels of ${size} are taken for padded by ${(size - 1) / 2}`),
    );
    const model = createTrainedModel(spec, weights);
    const padding = (size - 1) / 2;
    const image = Float32Array.from({ length: side * side }, () => random.uniform());
    const features = relu(convolve(pictureOf(1, side, image), ...of('encoder.0'), { stride, padding }));
    const hidden = relu(dense(features, ...of('encoder.1')));
    const { mean } = model.encode(image);
    expect([...mean]).toEqual(dense(hidden, ...of('mu')).map((value) => expect.closeTo(value, 4)));
    const code = Float32Array.of(0.3, -1);
    const start = relu(dense(code, ...of('decoder.0')));
    const larger = relu(
      transposed(pictureOf(filters, small, start), ...of('decoder.1'), { stride, padding, side }),
    );
    const output = transposed(pictureOf(filters, side, larger), ...of('decoder.2'), {
      stride: 1,
      padding,
      side,
    });
    expect([...model.decode(code)]).toEqual(
      output.map((value) => expect.closeTo(1 / (1 + Math.exp(-value)), 4)),
    );
    model.dispose();
  },
);
