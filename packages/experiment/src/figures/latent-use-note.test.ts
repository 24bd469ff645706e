import { expect, it } from 'vitest';
import { latentUseNote } from './latent-use-note.ts';

const use = (kl: number[]) => ({ kl, variance: kl, isActive: kl.map((one) => one > 0.01) });

it('says that a latent space is unused', () => {
  expect(latentUseNote(use([0.004, 0.003]))).toMatch(
    /^2 of 2 dimensions carry less than 0\.01 nats: the decoder ignores its code/,
  );
  expect(latentUseNote(use([0.004]))).toMatch(/^1 of 1 dimension carries less/);
});

it('says that most of it is', () => {
  expect(latentUseNote(use([3, 0, 0]))).toBe(
    '2 of 3 dimensions carry less than 0.01 nats: the model would do with a smaller latent space.',
  );
});

it('says nothing of one that is used', () => expect(latentUseNote(use([3, 0]))).toBeUndefined());

it('goes by what varies where there is no KL by dimension', () => {
  const { kl: _, ...rest } = use([0, 0]);
  expect(latentUseNote(rest)).toMatch(/^2 of 2 dimensions hardly vary from image to image/);
});
