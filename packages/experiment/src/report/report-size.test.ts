import { startWasmBackend } from '@latentkit/backend';
import { createModel, createTrainedModel, summarizeModel } from '@latentkit/models';
import type { MetricsRow } from '@latentkit/trainers';
import { expect, it } from 'vitest';
import { drawRunFigures } from '../figures/draw-run-figures.ts';
import { DIGIT_SHAPE, tinyConfig, tinyDataset, tinySpec } from '../testing/tiny-run.ts';
import { writeReport } from './write-report.ts';

/** More images than whose codes are looked at, of noise: nothing compresses. */
function noise(count: number) {
  const images = new Uint8Array(count * 784);
  let state = 1;
  for (let i = 0; i < images.length; i++) {
    state = (state * 48_271) % 2_147_483_647;
    images[i] = state % 256;
  }
  return { shape: DIGIT_SHAPE, count, images, labels: Uint32Array.from({ length: count }, (_, i) => i % 10) };
}

it('is below 3 MB for a test set of 10,000 images and 100 epochs', async () => {
  await startWasmBackend();
  const config = tinyConfig({}, { epochs: 100 });
  const dataset = { ...tinyDataset(), test: noise(11_000) };
  const model = createModel(tinySpec());
  const trained = createTrainedModel(model.spec, model.initialize(1));
  const losses = { loss: 101.25, reconstruction: 95.5, kl: 5.75 };
  const judged = { valLoss: 103.125, valReconstruction: 97.0625, valKl: 6.0625 };
  const history: MetricsRow[] = Array.from({ length: 100 }, (_, i) => ({
    ...{ epoch: i + 1, ...losses, ...judged, learningRate: 0.001, beta: 1, seconds: 12.5 },
  }));
  const figures = await drawRunFigures({ trained, dataset, history, keptEpoch: 100, seed: 1 });
  trained.dispose();
  const html = writeReport({
    ...{ config, figures, history, keptEpoch: 100, ending: 'Done.', finishedAt: 'now', environment: {} },
    ...{ summary: summarizeModel(model), trainImages: 200, validationImages: 40, testImages: 11_000 },
  });
  expect(html.length).toBeLessThan(3_000_000);
  expect(html.length).toBeGreaterThan(500_000); // the scatter of 10,000 points is in it
});
