import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { createLikelihood, LIKELIHOODS, type LikelihoodSpec } from '@latentkit/losses';
import { createTrainedModel, openTrainedModel } from '@latentkit/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectEvents, tinyModel, tinyRun, withoutSeconds } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';
import type { EndEvent } from './training-event.ts';

beforeAll(() => startWasmBackend());
const accelerators = await Promise.all([1, 2].map((workers) => createAccelerator({ workers })));
afterAll(() => Promise.all(accelerators.map((one) => one.close())));

const endOf = async (options: TrainOptions) => (await collectEvents(train(options))).at(-1) as EndEvent;

const SPECS: readonly LikelihoodSpec[] = [
  { type: 'bernoulli', output: 'sigmoid' },
  { type: 'continuousBernoulli', output: 'sigmoid' },
  { type: 'squaredError', output: 'tanh' },
  { type: 'gaussian', output: 'sigmoid', sigma: 'learned' },
  { type: 'gaussian', output: 'sigmoid', sigma: 'perPixel' },
  { type: 'gaussian', output: 'tanh', sigma: 'perImage' },
  { type: 'absoluteError', output: 'sigmoid' },
  { type: 'huber', output: 'linear', delta: 0.2 },
  { type: 'unexplainedVariance', output: 'sigmoid' },
  { type: 'discretisedLogistic', output: 'tanh' },
  { type: 'betaBinomial', output: 'sigmoid' },
  { type: 'categorical', output: 'softmax', levels: 7 },
];

const conv = { type: 'conv', filters: [3], activation: 'relu' } as const;

describe.each(SPECS)('a model of %o', (likelihood) => {
  it.each([{}, { encoder: conv, decoder: conv, image: { height: 4, width: 3, channels: 1 } }])(
    'learns, and gives the same bits eagerly and recorded on 1 and 2 threads: %o',
    async (change) => {
      const run = tinyRun({ model: tinyModel({ likelihood, ...change }) });
      const expected = await endOf(run);
      const [first, last] = [expected.history[0]!, expected.history.at(-1)!];
      expect(last.reconstruction!).toBeLessThan(first.reconstruction!);
      for (const accelerator of accelerators) {
        const { weights, history } = await endOf({ ...run, accelerator });
        expect(weights).toEqual(expected.weights);
        expect(withoutSeconds(history)).toEqual(withoutSeconds(expected.history));
      }
    },
  );

  it('shows means between the least and the most that pixels can be, the same bits recorded', async () => {
    const { spec, initialize } = tinyModel({ likelihood });
    const weights = initialize(3);
    const [eager, recorded] = [
      createTrainedModel(spec, weights),
      await openTrainedModel(spec, weights, { accelerator: accelerators[1]! }),
    ];
    const pictures = eager.sample({ count: 5, seed: 1 });
    expect(pictures).toHaveLength(5 * 12);
    const isBounded = !createLikelihood(likelihood).anyData;
    expect(
      pictures.every((pixel) => Number.isFinite(pixel) && (!isBounded || (pixel >= 0 && pixel <= 1))),
    ).toBe(true);
    expect(await recorded.sample({ count: 5, seed: 1 })).toEqual(pictures);
    const images = Uint8Array.from({ length: 24 }, (_, i) => 10 * i);
    expect(await recorded.reconstruct(images)).toEqual(eager.reconstruct(images));
    eager.dispose();
    await recorded.dispose();
  });
});

it('covers every likelihood', () => {
  const covered = new Set([...SPECS.map(({ type }) => type), 'columns']); // train-objectives.test.ts
  expect(LIKELIHOODS.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([]);
});
