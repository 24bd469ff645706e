import { drawSamples } from '@latentkit/figures';
import { runFigure } from './run-figure.ts';
import { whyUndrawable } from './why-undrawable.ts';

const SAMPLES = 64;
const COLUMNS = 12;

/** What the model makes of random codes, a row a class where it is told one. */
export const samples = runFigure({
  name: 'samples',
  title: 'Random samples',
  howToRead:
    'Good samples could pass for images of the dataset; what lies between two kinds of image comes from codes that no image has.',
  needs: ({ prior, spec }) =>
    prior
      ? whyUndrawable(spec.image)
      : 'A plain autoencoder has no distribution over codes to draw from: it has no samples.',
  draw({ model, trained, seed, dataset: { classNames } }) {
    const { image: shape, condition } = model.spec;
    const prior = model.prior!.type === 'standardNormal' ? 'the standard normal prior' : 'the prior';
    if (!condition) {
      return {
        caption: `Decoded from codes drawn at random from ${prior}; not picked.`,
        svg: drawSamples({ images: trained.sample({ count: SAMPLES, seed }), shape }),
      };
    }
    const label = Array.from({ length: condition.classes * COLUMNS }, (_, i) => Math.floor(i / COLUMNS));
    const names = classNames ? ` (${classNames.slice(0, condition.classes).join(', ')})` : '';
    const title = 'Samples by class';
    const images = trained.sample({ count: label.length, seed, label });
    return {
      title,
      caption: `A row a class${names}, decoded from codes drawn at random from ${prior}; not picked.`,
      svg: drawSamples({ images, shape, columns: COLUMNS }, { title }),
    };
  },
});
