import { describe, expect, it } from 'vitest';
import { drawNoise } from './noise.ts';
import { normalRows } from './normal-rows.ts';
import { createRandom } from './random.ts';
import { Stream } from './stream.ts';

const address = { seed: 3, stream: Stream.latentNoise, step: 5, index: 2 };

describe('drawNoise', () => {
  it('gives the numbers of normalRows for one request of normal numbers', () => {
    const noise = drawNoise({ z: { distribution: 'normal', shape: [2, 3] } }, 4, address);
    expect(noise).toEqual({ 'noise.z': { shape: [4, 2, 3], data: normalRows(4, 6, address) } });
  });

  it("takes several requests from each example's own sequence, one after the other", () => {
    const noise = drawNoise(
      { z: { distribution: 'normal', shape: [2] }, prior: { distribution: 'uniform', shape: [] } },
      3,
      address,
    );
    for (const row of [0, 1, 2]) {
      const random = createRandom({ ...address, index: 2 + row });
      const expected = Float32Array.of(random.normal(), random.normal(), random.uniform());
      const got = [...noise['noise.z']!.data.slice(2 * row, 2 * row + 2), noise['noise.prior']!.data[row]];
      expect(got).toEqual([...expected]);
    }
    expect(noise['noise.prior']!.shape).toEqual([3]);
  });

  it('begins at a word: a later piece of the same sequences', () => {
    const requests = { z: { distribution: 'normal', shape: [50] } } as const;
    const whole = drawNoise(requests, 2, address)['noise.z']!.data;
    const piece = drawNoise({ z: { distribution: 'normal', shape: [7] } }, 2, { ...address, word: 13 });
    expect(piece['noise.z']!.data).toEqual(
      Float32Array.from([...whole.subarray(13, 20), ...whole.subarray(63, 70)]),
    );
  });

  it('knows two distributions', () => {
    const requests = { z: { distribution: 'norml', shape: [2] } } as never;
    expect(() => drawNoise(requests, 2, address)).toThrow(
      "noise.z: there is no distribution 'norml'. Did you mean 'normal'?",
    );
  });

  it('is nothing where nothing is asked for', () => {
    expect(drawNoise({}, 3, address)).toEqual({});
  });
});
