import { createAccelerator } from '@latentkit/backend';
import { createModel, openTrainedModel } from '@latentkit/models';
import { expect, it } from 'vitest';
import { explain } from './explain.ts';

const SHAPE = { height: 2, width: 3, channels: 1 };
const NET = { type: 'mlp', hidden: [5], activation: 'tanh' } as const;
const COMMON = { image: SHAPE, latentDim: 2, encoder: NET, decoder: NET } as const;
const PIXELS = 6;
const SET = {
  shape: SHAPE,
  count: 2,
  images: Uint8Array.of(...[0, 51, 102, 153, 204, 255], ...[255, 0, 0, 90, 17, 200]),
};

async function open(kind: 'vae' | 'autoencoder') {
  const likelihood = { type: 'bernoulli', output: 'sigmoid' } as const;
  const { spec, initialize } = createModel({ kind, ...COMMON, likelihood });
  const accelerator = await createAccelerator({ workers: 1 });
  const weights = initialize(3);
  const model = await openTrainedModel(spec, weights, { accelerator });
  return {
    accelerator,
    model,
    follow: (draw: number) => explain(model, { weights }, SET, { draw, accelerator }),
  };
}

it('shows the codes whose losses it tells: of each image, both parts are the closed form of what is shown', async () => {
  const { accelerator, model, follow } = await open('vae');
  const way = await follow(5);
  const pixels = await model.decode(way.code);
  for (let row = 0; row < SET.count; row++) {
    const of = (values: Float32Array, size: number) => [...values.subarray(row * size, (row + 1) * size)];
    const logVar = of(way.logVar, COMMON.latentDim);
    const kl = of(way.mean, COMMON.latentDim).reduce(
      (sum, mean, d) => sum + 0.5 * (mean ** 2 + Math.exp(logVar[d]!) - logVar[d]! - 1),
      0,
    );
    const entropy = of(pixels, PIXELS).reduce((sum, p, i) => {
      const x = SET.images[row * PIXELS + i]! / 255;
      return sum - x * Math.log(p) - (1 - x) * Math.log(1 - p);
    }, 0);
    expect(way.kl[row]).toBeCloseTo(kl, 5);
    expect(way.reconstruction[row]).toBeCloseTo(entropy, 4);
    expect(way.loss[row]).toBeCloseTo(kl + entropy, 4);
  }
  expect([...way.decoded]).toEqual([...pixels].map((p) => Math.round(255 * p)));
  expect((await follow(6)).code).not.toEqual(way.code);
  await accelerator.close();
});

it('says that a plain autoencoder draws nothing', async () => {
  const { accelerator, follow } = await open('autoencoder');
  await expect(follow(0)).rejects.toThrow(/no sigma/);
  await accelerator.close();
});
