import { expect, it } from 'vitest';
import { describeTradeOff } from './describe-trade-off.ts';

const row = { epoch: 1, loss: 1, valLoss: 1, learningRate: 0.1, seconds: 1 };
const vae = { ...row, valReconstruction: 150, valKl: 3 };
/** Of a loss that is its reconstruction and its weighted KL. */
const weighing = (beta: number) => describeTradeOff({ ...vae, valLoss: 150 + 3 * beta, beta });

it('weighs the KL as it was, and at 1', () => {
  const words = weighing(4)!;
  expect(words).toContain('150.00 + 4 x 3.00 = 162.00');
  expect(words).toContain('At beta 1 the same weights have 153.00');
  expect(words).toContain('A beta above 1 buys a smaller KL');
  expect(weighing(0.5)).toContain('150.00 + 0.5 x 3.00 = 151.50');
  expect(weighing(0)).toContain('A beta below 1');
});

it('at beta 1 is the ELBO', () => {
  expect(weighing(1)).toContain('150.00 + 3.00 = 153.00');
});

it('has nothing to say where no KL is weighed', () => {
  expect(describeTradeOff({ ...row, valReconstruction: 150 })).toBeUndefined();
  expect(describeTradeOff(vae)).toBeUndefined();
});

it('counts the KL of both levels', () => {
  const words = describeTradeOff({ ...vae, valKlZ2: 1.5, valLoss: 159, beta: 2 })!;
  expect(words).toContain('150.00 + 2 x 4.50 = 159.00');
  expect(words).toContain('At beta 1 the same weights have 154.50');
});

it('has nothing to say of a loss with other parts, which the sentence would leave out', () => {
  expect(describeTradeOff({ ...vae, valLoss: 180, beta: 1 })).toBeUndefined();
});
