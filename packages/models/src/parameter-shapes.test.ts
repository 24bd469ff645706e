import { expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { conv, mlp, specOf } from './testing/model-specs.ts';

it('names a kernel and a bias for each layer, in the order they run', () => {
  const spec = specOf([8, 6, 3], 2, conv([4], { kernelSize: 5 }), mlp([7]));
  expect(Object.entries(createModel(spec).parameterShapes)).toEqual([
    ['encoder.conv1.kernel', [5, 5, 3, 4]],
    ['encoder.conv1.bias', [4]],
    ['encoder.mean.kernel', [48, 2]],
    ['encoder.mean.bias', [2]],
    ['encoder.logVar.kernel', [48, 2]],
    ['encoder.logVar.bias', [2]],
    ['decoder.hidden1.kernel', [2, 7]],
    ['decoder.hidden1.bias', [7]],
    ['decoder.output.kernel', [7, 144]],
    ['decoder.output.bias', [144]],
  ]);
});

it('ends with the scalar log sigma where the likelihood learns one', () => {
  const likelihood = { type: 'gaussian', output: 'linear' } as const;
  const namesWith = (sigma: number | 'learned') =>
    Object.keys(
      createModel(specOf([2, 2, 1], 1, mlp([]), mlp([]), { likelihood: { ...likelihood, sigma } }))
        .parameterShapes,
    );
  expect(namesWith('learned').at(-1)).toBe('likelihood.logSigma');
  expect(namesWith(0.5)).toEqual(namesWith('learned').slice(0, -1));
});
