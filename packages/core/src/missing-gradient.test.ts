import { expect, it } from 'vitest';
import { missingGradient } from './missing-gradient.ts';

it('names the operation, and how its gradient is registered', () => {
  const error = new Error('Cannot compute gradient: gradient function not found for Concat.');
  expect(missingGradient(error)).toMatchObject({
    code: 'E_BACKEND',
    message: expect.stringMatching(
      /no gradient of Concat.*registerGradients\(\) of @latentkit\/backend\/gradients/,
    ),
    cause: error,
  });
});

it('has nothing to say of other errors', () => {
  for (const error of [new Error('Kernel not registered'), undefined, null, 'text', {}]) {
    expect(missingGradient(error)).toBeUndefined();
  }
});
