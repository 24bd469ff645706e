import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKernelMemory } from '../kernel-memory.ts';
import { fused, whyNotFused } from '../nn-fused.ts';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { geometryOf } from '../testing/geometries.ts';
import { createKernelBench, type KernelBench } from '../testing/kernel-bench.ts';
import { naiveConvolve, patchOf, positionsOf } from '../testing/naive-convolution.ts';
import { fusedMultiplyAdd, naiveGemm } from '../testing/naive-gemm.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { strict } from './arithmetic.ts';
import { createNnKernels } from './kernels.ts';
import { packedBytes } from './packed-bytes.ts';

afterEach(() => void vi.restoreAllMocks());

// Relaxed SIMD is there in every Node that Latentkit supports; fused multiply-add in every x64 processor since 2013, and in arm64.
const benches = { strict: await createKernelBench(strict), fused: await createKernelBench(fused) };

const SIZES: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [3, 70, 17],
  [5, 17, 4],
  [17, 5, 300],
  [33, 130, 257],
  [40, 2, 65],
];

/** The product by tiles, by lists of what is not zero or by few rows, as sizes and zeros have it; and by a packed B. */
function multiply(
  { nn, put, take }: KernelBench,
  [m, n, k]: (typeof SIZES)[number],
  numbers: Float32Array[],
) {
  const view = (pointer: number, rowStride: number) => ({ pointer, rowStride, columnStride: 1 });
  const [a, b] = numbers.map(put) as [number, number];
  const packed = nn.memory.allocate(packedBytes(n, k));
  nn.packRight(n, k, view(b, n), packed);
  const both = take(2 * m * n, (c) => {
    nn.gemm(m, n, k, view(a, k), view(b, n), c);
    nn.gemmPacked(m, n, k, view(a, k), packed, c + 4 * m * n);
  });
  nn.memory.free(packed);
  return [both.subarray(0, m * n), both.subarray(m * n)] as const;
}

describe.each(['narrow', 'wide'] as const)('fused products by the %s tile', (tile) => {
  it.each(SIZES)('round once for a product and its sum, bit for bit: %d x %d x %d', (m, n, k) => {
    benches.fused.nn.setTile(tile);
    for (const oneOf of [1, 5]) {
      const a = randomNumbers(m * k, 1).map((x, at) => (at % oneOf === 0 ? x : 0));
      const b = randomNumbers(k * n, 2);
      const expected = naiveGemm(
        [m, n, k],
        (i, l) => a[i * k + l]!,
        (l, j) => b[l * n + j]!,
        {},
        fusedMultiplyAdd,
      );
      const [plain, packed] = multiply(benches.fused, [m, n, k], [a, b]);
      expectSameNumbers(plain, expected);
      expectSameNumbers(packed, expected);
    }
  });
});

it('differs from strict arithmetic in the last places alone', () => {
  const [m, n, k] = [33, 130, 257] as const;
  const [a, b] = [randomNumbers(m * k, 1), randomNumbers(k * n, 2)];
  const [once] = multiply(benches.fused, [m, n, k], [a, b]);
  const [twice] = multiply(benches.strict, [m, n, k], [a, b]);
  const exact = (at: number) =>
    Array.from({ length: k }, (_, l) => a[Math.floor(at / n) * k + l]! * b[l * n + (at % n)]!);
  const errorOf = (c: Float32Array) =>
    c.reduce((sum, x, at) => sum + Math.abs(x - exact(at).reduce((all, y) => all + y, 0)), 0);
  expect([...once]).not.toEqual([...twice]);
  expect(errorOf(once)).toBeGreaterThan(0);
  expect(errorOf(once)).toBeLessThan(errorOf(twice)); // of 4,290 numbers: what is rounded less often is nearer
});

it('convolves, and finds gradients, as exactly as strict arithmetic', () => {
  const g = geometryOf({
    batch: 9,
    size: [9, 8],
    window: [3, 3],
    channels: 8,
    stride: [2, 2],
    pad: [0, 1, 1, 1],
  });
  const filters = 21;
  const [x, filter] = [randomNumbers(g.batch * 72 * 8, 1), randomNumbers(patchOf(g) * filters, 2)];
  const dy = randomNumbers(positionsOf(g) * filters, 3);
  const computed = ({ nn, put, take }: KernelBench) => {
    const call = (
      count: number,
      kernel: 'convolve' | 'convolveBackpropInput' | 'convolveBackpropFilter',
      given: Float32Array[],
    ) => {
      const [first, second] = given.map(put) as [number, number];
      return take(count, (out) => nn[kernel](g, filters, first, second, out));
    };
    return [
      call(dy.length, 'convolve', [x, filter]),
      call(x.length, 'convolveBackpropInput', [dy, filter]),
      call(filter.length, 'convolveBackpropFilter', [x, dy]),
    ];
  };
  const strictly = computed(benches.strict);
  expectSameNumbers(strictly[0]!, naiveConvolve(g, filters, x, filter));
  computed(benches.fused).forEach((numbers, which) => {
    const of = strictly[which]!;
    expect([...numbers]).not.toEqual([...of]);
    const largest = of.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [i, value] of numbers.entries()) expect(Math.abs(value - of[i]!)).toBeLessThan(1e-6 * largest);
  });
});

it('has the strict bits of all else', () => {
  const x = randomNumbers(1003, 1);
  const exponentials = ({ nn, put, take }: KernelBench) => {
    const from = put(x);
    return take(x.length, (out) => nn.unary('exp', x.length, from, out));
  };
  expectSameNumbers(exponentials(benches.fused), exponentials(benches.strict));
});

describe('fused arithmetic is refused', () => {
  it('by an engine without relaxed SIMD', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(whyNotFused()).toBe('this engine has no relaxed SIMD');
    await expect(createNnKernels(createKernelMemory(), { arithmetic: fused })).rejects.toMatchObject({
      code: 'E_BACKEND',
      message: expect.stringContaining("arithmetic 'fused': this engine has no relaxed SIMD"),
      fix: expect.stringContaining("'strict' computes everywhere"),
    });
    await createNnKernels(createKernelMemory());
  });

  it.runIf(process.arch === 'x64')('where products are rounded before they are added', () => {
    const program =
      "import { whyNotFused } from '@latentkit/kernels/nn-fused'; process.stdout.write(String(whyNotFused()));";
    const why = (...flags: string[]) =>
      execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', program], {
        cwd: new URL('../..', import.meta.url),
        encoding: 'utf8',
      });
    expect(why()).toBe('undefined');
    expect(why('--no-enable-fma3')).toBe('this engine or processor rounds a product before it is added');
  });
});
