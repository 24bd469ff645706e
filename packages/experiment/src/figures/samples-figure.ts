import { drawImageRows, drawSamples } from '@latentkit/figures';
import type { Model } from '@latentkit/models';
import { runFigure } from './run-figure.ts';
import { whyUndrawable } from './why-undrawable.ts';

const SAMPLES = 64;
const COLUMNS = 12;
const ROW = 10;
const WIDTH = 640; // that of samples without classes

function whyNoSamples({ prior, spec, codebook }: Model): string | undefined {
  if (prior) return whyUndrawable(spec);
  if (codebook)
    return 'Which codes of the codebook go together was not learned: there is nothing to draw samples from.';
  return 'A plain autoencoder has no distribution over codes to draw from: it has no samples.';
}

/** What the model makes of random codes, a row a class where it is told one. */
export const samples = runFigure({
  name: 'samples',
  title: 'Random samples',
  howToRead:
    'Good samples could pass for images of the dataset; what lies between two kinds of image comes from codes that no image has.',
  needs: whyNoSamples,
  async draw({ model, trained, seed, dataset: { classNames } }, { count = SAMPLES, columns }) {
    const { image: shape, condition } = model.spec;
    const prior = model.prior!.type === 'standardNormal' ? 'the standard normal prior' : 'the prior';
    if (!condition) {
      return {
        caption: `Decoded from codes drawn at random from ${prior}; not picked.`,
        svg: drawSamples({
          images: await trained.sample({ count, seed }),
          shape,
          ...(columns && { columns }),
        }),
      };
    }
    const inRow = columns ?? COLUMNS;
    const label = Array.from({ length: condition.classes * inRow }, (_, i) => Math.floor(i / inRow));
    const rows = Array.from({ length: condition.classes }, (_, i) => ({ name: classNames?.[i] ?? `${i}` }));
    const title = 'Samples by class';
    const images = await trained.sample({ count: label.length, seed, label });
    return {
      title,
      caption: `A row a class, decoded from codes drawn at random from ${prior}; not picked.`,
      svg: drawImageRows({ images, shape, rows }, { title, width: WIDTH }),
    };
  },
});

/** A few samples, large, in a row: others than those of the grid. */
export const sampleRow = runFigure({
  name: 'sample-row',
  title: 'More random samples',
  needs: whyNoSamples,
  async draw({ model, trained, seed }, { count = ROW }) {
    const { image: shape, condition } = model.spec;
    const label = condition && Array.from({ length: count }, (_, i) => i % condition.classes);
    const images = await trained.sample({ count, seed: seed + 1, ...(label && { label }) });
    return {
      caption: `Decoded from ${count} other codes drawn at random${condition ? ', a class after the other' : ''}; not picked.`,
      svg: drawSamples({ images, shape, columns: count }, { title: 'More random samples' }),
    };
  },
});
