import { drawSamples } from '@latentkit/figures';
import type { TrainedModel } from '@latentkit/models';
import type { FigureResult } from './figure-result.ts';
import { whyUndrawable } from './why-undrawable.ts';

const SAMPLES = 64;

/** What the model makes of random codes; nothing for a plain autoencoder. */
export function samplesFigure(trained: TrainedModel, seed: number): FigureResult {
  const heading = { name: 'samples', title: 'Random samples' } as const;
  if (trained.spec.kind === 'autoencoder') {
    return {
      ...heading,
      missing: 'A plain autoencoder has no distribution over codes to draw from: it has no samples.',
    };
  }
  const missing = whyUndrawable(trained.spec.image);
  if (missing) return { ...heading, missing };
  return {
    ...heading,
    caption: 'Decoded from codes drawn at random from the standard normal prior; not picked.',
    svg: drawSamples({ images: trained.sample({ count: SAMPLES, seed }), shape: trained.spec.image }),
  };
}
