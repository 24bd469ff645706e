import { expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';
import { finiteDifferences } from './finite-differences.ts';

it('is the gradient of a polynomial of two arguments', () => {
  const xs = [Float64Array.of(1, -2, 300), Float64Array.of(0.5)];
  const [x, y] = finiteDifferences(([a, b]) => a!.reduce((sum, v) => sum + v * v * b![0]!, 0), xs);
  expectClose(x!, [1, -2, 300], { relative: 1e-9 });
  expectClose(y!, [90005], { relative: 1e-9 });
});

it('holds for float32 points, whose steps are rounded', () => {
  const [gradient] = finiteDifferences(([x]) => Math.exp(x![0]!), [Float32Array.of(1.1)]);
  expectClose(gradient!, [Math.exp(Math.fround(1.1))], { relative: 1e-6 });
});

it('leaves the point as it was', () => {
  const x = Float32Array.of(0.1, 0.2);
  finiteDifferences(([v]) => v![0]! * v![1]!, [x]);
  expect(x).toEqual(Float32Array.of(0.1, 0.2));
});

it('has nothing to say about nothing', () => {
  expect(finiteDifferences(() => 1, [new Float32Array(0)])).toEqual([new Float64Array(0)]);
});
