import { describe, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS } from '../testing/special-numbers.ts';
import type { NnKernels } from './kernels.ts';

const bench = await createKernelBench();
const f = Math.fround;
const [BETA1, BETA2, RHO, MOMENTUM, EPSILON, RATE] = [0.9, 0.999, 0.95, 0.9, 1e-7, 0.003];
const [CORRECTION_M, CORRECTION_V] = [1 - BETA1 ** 3, Math.sqrt(1 - BETA2 ** 3)];

interface Case {
  /** Updates `count` numbers in place: parameters, then one array a slot. */
  run(nn: NnKernels, count: number, p: number, g: number, slots: number[]): void;
  /** The sequence of operations in @latentkit/trainers, on one number. */
  plain(p: number, g: number, slots: number[]): number[];
}

const change = (p: number, direction: number, rate: number) => f(p - f(direction * f(rate)));

const CASES: Record<string, Case> = {
  adam: {
    run: (nn, n, p, g, [m, v]) =>
      nn.adam(
        ...([n, p, g, m!, v!, BETA1, 1 - BETA1, BETA2, 1 - BETA2] as const),
        ...([CORRECTION_V, EPSILON, RATE / CORRECTION_M] as const),
      ),
    plain(p, g, [m, v]) {
      const nextM = f(f(m! * f(BETA1)) + f(g * f(1 - BETA1)));
      const nextV = f(f(v! * f(BETA2)) + f(f(g * g) * f(1 - BETA2)));
      const denominator = f(f(f(Math.sqrt(nextV)) / f(CORRECTION_V)) + f(EPSILON));
      return [change(p, f(nextM / denominator), RATE / CORRECTION_M), nextM, nextV];
    },
  },
  adamax: {
    run: (nn, n, p, g, [m, u]) =>
      nn.adamax(n, p, g, m!, u!, BETA1, 1 - BETA1, BETA2, EPSILON, RATE / CORRECTION_M),
    plain(p, g, [m, u]) {
      const nextM = f(f(m! * f(BETA1)) + f(g * f(1 - BETA1)));
      const nextU = Math.max(f(u! * f(BETA2)), f(Math.abs(g) + f(EPSILON)));
      return [change(p, f(nextM / nextU), RATE / CORRECTION_M), nextM, nextU];
    },
  },
  rmsprop: {
    run: (nn, n, p, g, [, v]) => nn.rmsprop(n, p, g, v!, RHO, 1 - RHO, EPSILON, RATE),
    plain(p, g, [m, v]) {
      const nextV = f(f(v! * f(RHO)) + f(f(g * g) * f(1 - RHO)));
      return [change(p, f(g / f(f(Math.sqrt(nextV)) + f(EPSILON))), RATE), m!, nextV];
    },
  },
  sgd: {
    run: (nn, n, p, g) => nn.sgd(n, p, g, RATE),
    plain: (p, g, slots) => [change(p, g, RATE), ...slots],
  },
  momentum: {
    run: (nn, n, p, g, [velocity]) => nn.momentum(n, p, g, velocity!, MOMENTUM, RATE),
    plain(p, g, [velocity, other]) {
      const next = f(f(velocity! * f(MOMENTUM)) + g);
      return [change(p, next, RATE), next, other!];
    },
  },
  nesterov: {
    run: (nn, n, p, g, [velocity]) => nn.nesterov(n, p, g, velocity!, MOMENTUM, RATE),
    plain(p, g, [velocity, other]) {
      const next = f(f(velocity! * f(MOMENTUM)) + g);
      return [change(p, f(g + f(next * f(MOMENTUM))), RATE), next, other!];
    },
  },
};

/** Parameters and two slots (the second never negative, as squares are), one after the other in memory, after an update. */
function update({ run }: Case, state: Float32Array, g: Float32Array, cut: number): Float32Array {
  const n = g.length;
  const [from, gAt] = [bench.put(state), bench.put(Float32Array.of(0, ...g)) + 4];
  return bench.take(3 * n, (out) => {
    bench.nn.unary('copy', 3 * n, from, out);
    const at = (array: number, index: number) => out + 4 * (array * n + index);
    run(bench.nn, cut, at(0, 0), gAt, [at(1, 0), at(2, 0)]);
    run(bench.nn, n - cut, at(0, cut), gAt + 4 * cut, [at(1, cut), at(2, cut)]);
  });
}

describe.each(Object.entries(CASES))('%s', (_, one) => {
  it('is the sequence of float32 operations in trainers, bit for bit, wherever a tensor is cut', () => {
    for (const n of RAGGED_COUNTS) {
      const g = randomNumbers(n, 1);
      if (n > 3) g.set([0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** -149]);
      const squares = randomNumbers(n, 4).map(Math.abs);
      const state = Float32Array.of(...randomNumbers(n, 2), ...randomNumbers(n, 3), ...squares);
      const expected = new Float32Array(3 * n);
      for (let i = 0; i < n; i++) {
        const updated = one.plain(state[i]!, g[i]!, [state[n + i]!, state[2 * n + i]!]);
        for (const [array, value] of updated.entries()) expected[array * n + i] = value;
      }
      for (const cut of new Set([0, 1, 3, 4, 5, n].map((c) => Math.min(c, n)))) {
        expectSameNumbers(update(one, state, g, cut), expected, `${n} cut at ${cut}`);
      }
    }
  });
});
