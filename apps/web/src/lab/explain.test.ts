import { createAccelerator } from '@latentkit/backend';
import { createModel, openTrainedModel } from '@latentkit/models';
import { expect, it } from 'vitest';
import { explain } from './explain.ts';

const SHAPE = { height: 2, width: 3, channels: 1 };
const NET = { type: 'mlp', hidden: [5], activation: 'tanh' } as const;
const COMMON = { image: SHAPE, latentDim: 2, encoder: NET, decoder: NET } as const;
const SET = { shape: SHAPE, count: 1, images: Uint8Array.of(0, 51, 102, 153, 204, 255) };

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

it('shows the code whose loss it tells: both parts are the closed form of what is shown', async () => {
  const { accelerator, model, follow } = await open('vae');
  const way = await follow(5);
  const kl = [...way.mean].reduce(
    (sum, mean, d) => sum + 0.5 * (mean ** 2 + Math.exp(way.logVar[d]!) - way.logVar[d]! - 1),
    0,
  );
  const pixels = await model.decode(way.code);
  const entropy = [...pixels].reduce((sum, p, i) => {
    const x = SET.images[i]! / 255;
    return sum - x * Math.log(p) - (1 - x) * Math.log(1 - p);
  }, 0);
  expect(way.kl).toBeCloseTo(kl, 5);
  expect(way.reconstruction).toBeCloseTo(entropy, 4);
  expect(way.loss).toBeCloseTo(kl + entropy, 4);
  expect([...way.decoded]).toEqual([...pixels].map((p) => Math.round(255 * p)));
  expect((await follow(6)).code).not.toEqual(way.code);
  await accelerator.close();
});

it('says that a plain autoencoder draws nothing', async () => {
  const { accelerator, follow } = await open('autoencoder');
  await expect(follow(0)).rejects.toThrow(/no sigma/);
  await accelerator.close();
});
