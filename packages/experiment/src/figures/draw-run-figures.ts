import type { Dataset } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import type { TrainedModel } from '@latentkit/models';
import type { MetricsRow } from '@latentkit/trainers';
import type { FigureResult } from './figure-result.ts';
import { latentGridFigure } from './latent-grid-figure.ts';
import { latentScatterFigure } from './latent-scatter-figure.ts';
import { lossCurvesFigure } from './loss-curves-figure.ts';
import { reconstructionsFigure } from './reconstructions-figure.ts';
import { samplesFigure } from './samples-figure.ts';

const ENCODED = 10_000; // images whose codes are looked at

export interface RunFiguresOptions {
  trained: TrainedModel;
  dataset: Dataset;
  history: readonly MetricsRow[];
  /** Of the random samples. */
  seed: number;
  /** Epochs of the loss curves' moving average; 1, none, by default. */
  smoothing?: number;
}

/**
 * The figures of a finished run, in the order a reader wants them: losses, reconstructions, random samples, the decoded
 * latent grid and the codes of the test images (the validation images where there are no others). One that a model cannot have comes with the reason instead.
 *
 * @throws `E_SHAPE` for an empty history, and for images of another shape than the model's; `E_RANGE` for a smoothing
 * that is no whole number of at least 1.
 * @example
 * for (const figure of drawRunFigures({ trained, dataset, history, seed: 42 })) {
 *   if ('svg' in figure) await writeFile(`${figure.name}.svg`, figure.svg);
 * }
 */
export function drawRunFigures({
  trained,
  dataset,
  history,
  seed,
  smoothing = 1,
}: RunFiguresOptions): FigureResult[] {
  const { validation, test, classNames } = dataset;
  // What neither taught the model nor chose its epoch, where there is such.
  const [shown, what] = test ? [test, 'test' as const] : [validation, 'validation' as const];
  const encoded = limitImages(shown, ENCODED);
  const { condition } = trained.spec;
  const codes = trained.encode(encoded.images, condition && { label: encoded.labels });
  return [
    lossCurvesFigure(history, smoothing, { choosesByTest: test === validation }),
    reconstructionsFigure(trained, shown, what),
    samplesFigure(trained, seed, classNames),
    latentGridFigure(trained, codes, classNames),
    latentScatterFigure(codes, {
      ...{ latentDim: trained.spec.latentDim, labels: encoded.labels, classNames },
      who: `${encoded.count < shown.count ? `the first ${ENCODED.toLocaleString('en-US')}` : 'the'} ${what} images`,
    }),
  ];
}
