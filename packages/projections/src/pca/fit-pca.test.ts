import { readFileSync } from 'node:fs';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import { finish } from '../work.ts';
import { byCovariance, byGram, byRandomSketch, type FindDirections } from './find-directions.ts';
import { fitPca } from './fit-pca.ts';
import { createGemmProducts } from './gemm-products.ts';
import { plainProducts } from './plain-products.ts';

/** By scikit-learn in float64; written by scripts/pca-goldens.py. */
interface Golden {
  readonly name: string;
  readonly dimensions: number;
  readonly points: number[];
  readonly components: number;
  /** Components that have a variance. */
  readonly resolved: number;
  readonly mean: number[];
  readonly directions: number[];
  readonly explainedVariance: number[];
  readonly explainedVarianceRatio: number[];
  readonly singularValues: number[];
  readonly codes: number[];
}

const fixture = new URL('../../fixtures/pca.json', import.meta.url);
const { cases }: { cases: Golden[] } = JSON.parse(readFileSync(fixture, 'utf8'));

const WAYS: [string, FindDirections][] = [
  ['covariance', byCovariance],
  ['gram matrix', byGram],
  ['random sketch', byRandomSketch],
];
const products = { float64: plainProducts, float32: await createGemmProducts() };
const zeros = (length: number) => new Array<number>(length).fill(0);

describe.each(WAYS)('by the %s', (way, findDirections) => {
  describe.each(['float64', 'float32'] as const)('in %s', (precision) => {
    it.each(cases.map((golden) => [golden.name, golden] as const))(
      "has scikit-learn's numbers: %s",
      (_, golden) => {
        const { dimensions, components, resolved } = golden;
        const data = Float32Array.from(golden.points);
        const count = data.length / dimensions;
        if (way === 'gram matrix' && count < components) return;
        const { model, codes } = finish(
          fitPca({ data, count, dimensions }, { components, seed: 1, findDirections }, products[precision]),
        );
        const close = precision === 'float64' ? 2e-6 : 2e-5;
        const range = Math.sqrt(golden.explainedVariance[0]!);
        expectClose(model.mean, golden.mean);
        expectClose(model.explainedVariance, [...golden.explainedVariance, ...zeros(components - resolved)], {
          relative: close,
          absolute: 1e-12 * golden.explainedVariance[0]!,
        });
        expectClose(model.explainedVarianceRatio.slice(0, resolved), golden.explainedVarianceRatio, {
          relative: close,
        });
        expectClose(model.singularValues.slice(0, resolved), golden.singularValues, { relative: close });
        expectOrthonormal(model.directions, components);
        // Sums in float32 do not tell directions of less than a millionth of the variance apart.
        const smallest = golden.explainedVariance[resolved - 1]! / golden.explainedVariance[0]!;
        if (precision === 'float32' && smallest < 1e-6) return;
        expectClose(model.directions.slice(0, resolved * dimensions), golden.directions, {
          absolute: 10 * close,
        });
        const found = codes.filter((_code, i) => i % components < resolved);
        expectClose(found, golden.codes, { absolute: 10 * close * range });
      },
    );
  });
});

function expectOrthonormal(directions: Float64Array, rows: number): void {
  const width = directions.length / rows;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let d = 0; d < width; d++) sum += directions[i * width + d]! * directions[j * width + d]!;
      expect(Math.abs(sum - Number(i === j))).toBeLessThan(1e-9);
    }
  }
}
