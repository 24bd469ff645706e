import { drawRunFigures } from '@latentkit/experiment';
import type { ModelSpec } from '@latentkit/models';
import { createTrainedModel } from '@latentkit/models';
import type { EndEvent } from '@latentkit/trainers';
import { makeDataset } from './make-dataset.ts';

/** Draws every figure of a finished run: the names of those that came out as an SVG with something in it. */
export async function drawFigures(spec: ModelSpec, { weights, history }: EndEvent): Promise<string[]> {
  const trained = createTrainedModel(spec, weights);
  const figures = await drawRunFigures({ trained, dataset: makeDataset(), history, seed: 1 });
  trained.dispose();
  return figures
    .filter((figure) => 'svg' in figure && /<(path|image|circle)\b/.test(figure.svg))
    .map(({ name }) => name);
}
