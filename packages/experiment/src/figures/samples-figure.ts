import { drawSamples } from '@latentkit/figures';
import type { TrainedModel } from '@latentkit/models';
import type { FigureResult } from './figure-result.ts';
import { whyUndrawable } from './why-undrawable.ts';

const SAMPLES = 64;
const COLUMNS = 12;

/** What the model makes of random codes, a row a class where it is told one; nothing for a plain autoencoder. */
export function samplesFigure(
  trained: TrainedModel,
  seed: number,
  classNames?: readonly string[],
): FigureResult {
  const heading = { name: 'samples', title: 'Random samples' } as const;
  if (trained.spec.kind === 'autoencoder') {
    return {
      ...heading,
      missing: 'A plain autoencoder has no distribution over codes to draw from: it has no samples.',
    };
  }
  const missing = whyUndrawable(trained.spec.image);
  if (missing) return { ...heading, missing };
  const { condition } = trained.spec;
  if (condition) {
    const label = Array.from({ length: condition.classes * COLUMNS }, (_, i) => Math.floor(i / COLUMNS));
    const names = classNames ? ` (${classNames.slice(0, condition.classes).join(', ')})` : '';
    return {
      ...{ name: 'samples', title: 'Samples by class' },
      caption: `A row a class${names}, decoded from codes drawn at random from the prior; not picked.`,
      svg: drawSamples(
        {
          images: trained.sample({ count: label.length, seed, label }),
          shape: trained.spec.image,
          columns: COLUMNS,
        },
        { title: 'Samples by class' },
      ),
    };
  }
  return {
    ...heading,
    caption: 'Decoded from codes drawn at random from the standard normal prior; not picked.',
    svg: drawSamples({ images: trained.sample({ count: SAMPLES, seed }), shape: trained.spec.image }),
  };
}
