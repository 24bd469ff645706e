import { expect, it } from 'vitest';
import { latentScatterFigure } from './latent-scatter-figure.ts';

const figure = (mean: number[], latentDim: number) => {
  const options = { latentDim, labels: undefined, classNames: undefined, who: 'the' };
  const result = latentScatterFigure({ mean: Float32Array.from(mean) }, options);
  if (!('svg' in result)) throw new Error(result.missing);
  return result;
};

it('of two codes explains all of their variance along one component', () => {
  const { caption, svg } = figure([1, 1, 1, 4, 5, 1], 3);
  expect(caption).toContain('principal components of 3 dimensions, which explain 100% of their variance');
  expect(svg).toContain('PC 1 (100%)');
  expect(svg).toContain('PC 2 (0%)');
});

it.each([
  ['one code', [5, 6, 7]],
  ['equal codes', [5, 6, 7, 5, 6, 7, 5, 6, 7]],
])('of %s is drawn, and explains nothing', (_, mean) => {
  expect(figure(mean, 3).caption).toContain('which explain 0% of their variance');
});
