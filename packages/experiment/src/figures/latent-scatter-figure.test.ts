import { expect, it } from 'vitest';
import { scatterCodes } from './latent-scatter-figure.ts';

const figure = (mean: number[], latentDim: number) => {
  const options = { latentDim, labels: undefined, classNames: undefined, who: 'the' };
  return scatterCodes({ mean: Float32Array.from(mean) }, options);
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

const bare = { labels: undefined, classNames: undefined, who: 'the images' };

it('has the rings of a standard normal prior, in a plane of its principal components too', () => {
  for (const latentDim of [2, 3]) {
    const mean = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i * i));
    const prior = { mean: new Float32Array(latentDim), logVar: new Float32Array(latentDim) };
    const { svg, caption } = scatterCodes({ mean, logVar: mean }, { ...bare, latentDim, prior });
    const rings = [...svg.matchAll(/<ellipse [^>]*rx="([\d.]+)" ry="([\d.]+)"/g)];
    expect(rings).toHaveLength(2);
    for (const [, rx, ry] of rings) expect(Number(rx)).toBeCloseTo(Number(ry), 1); // a circle stays one
    expect(caption).toContain('the prior in rings at 1 and 2 standard deviations');
  }
});
