import { type Dataset, type ImageSet, pixelCount } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import { drawReconstructions, drawSamples, plotLossCurves } from '@latentkit/figures';
import type { EpochMetrics } from '@latentkit/trainers';
import type { TrainedModel } from '../model/trained-model.ts';
import type { FigureResult } from './figure-result.ts';
import { latentGridFigure } from './latent-grid-figure.ts';
import { latentScatterFigure } from './latent-scatter-figure.ts';

const RECONSTRUCTIONS = 12;
const SAMPLES = 64;
const SCATTER_POINTS = 10_000;

export interface RunFiguresOptions {
  trained: TrainedModel;
  dataset: Dataset;
  history: readonly EpochMetrics[];
  seed: number;
  /** Epochs of the loss curves' moving average; 1, none, by default. */
  smoothing?: number;
}

/** The figures of a finished run, in the order a reader wants them. */
export function drawRunFigures({
  trained,
  dataset,
  history,
  seed,
  smoothing = 1,
}: RunFiguresOptions): FigureResult[] {
  const codesOf = limitImages(dataset.validation, SCATTER_POINTS);
  const codes = trained.encode(codesOf.images);
  return [
    {
      name: 'loss-curves',
      title: 'Loss',
      caption: 'Means per image and epoch; validation with one seeded latent sample an image.',
      svg: plotLossCurves(history, { smoothing }),
    },
    reconstructionsFigure(trained, dataset.validation),
    samplesFigure(trained, seed),
    latentGridFigure(trained, codes),
    latentScatterFigure(codes, trained.spec.latentDim, codesOf, dataset.classNames),
  ];
}

function reconstructionsFigure(trained: TrainedModel, validation: ImageSet): FigureResult {
  const shown = limitImages(validation, RECONSTRUCTIONS);
  return {
    name: 'reconstructions',
    title: 'Reconstructions',
    caption: 'Validation images, which the model never learned from, over what their mean codes decode to.',
    svg: drawReconstructions({
      originals: shown.images,
      reconstructions: trained.reconstruct(shown.images.subarray(0, shown.count * pixelCount(shown.shape))),
      shape: shown.shape,
      count: shown.count,
    }),
  };
}

function samplesFigure(trained: TrainedModel, seed: number): FigureResult {
  const heading = { name: 'samples', title: 'Random samples' };
  if (trained.spec.kind === 'autoencoder') {
    const missing = 'A plain autoencoder has no distribution over codes to draw from: it has no samples.';
    return { ...heading, caption: '', missing };
  }
  return {
    ...heading,
    caption: 'Decoded from codes drawn at random from the standard normal prior; not picked.',
    svg: drawSamples({ images: trained.sample({ count: SAMPLES, seed }), shape: trained.spec.image }),
  };
}
