import { beforeEach, describe, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { GEOMETRIES } from '../testing/geometries.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { naiveBackpropFilter, patchOf, positionsOf } from '../testing/naive-convolution.ts';
import { randomNumbers } from '../testing/random-numbers.ts';

const bench = await createKernelBench();

describe.each(['narrow', 'wide'] as const)('convolveBackpropFilter by the %s tile', (tile) => {
  beforeEach(() => bench.nn.setTile(tile));

  it.each(GEOMETRIES)('is the plain loop, bit for bit, for %s', (_, g) => {
    for (const outChannels of [1, 3, 8, 21]) {
      const x = randomNumbers(g.batch * g.inHeight * g.inWidth * g.channels, 1);
      const dy = randomNumbers(positionsOf(g) * outChannels, 2);
      const [xAt, dyAt] = [bench.put(x), bench.put(dy)];
      const dFilter = bench.take(patchOf(g) * outChannels, (out) =>
        bench.nn.convolveBackpropFilter(g, outChannels, xAt, dyAt, out),
      );
      expectSameNumbers(dFilter, naiveBackpropFilter(g, outChannels, x, dy));
    }
  });
});
