import { findRecipe, modelSpecOf } from '@latentkit/experiment';
import { createModel, type ModelPlan } from '@latentkit/models';
import { describe, expect, it } from 'vitest';
import { countFlop, countProductFlop } from './flop-count.ts';

function planOf(recipe: string): ModelPlan {
  const { model } = findRecipe(recipe);
  return createModel(modelSpecOf({ model }, { height: 28, width: 28, channels: 1 })).plan;
}

describe('countFlop', () => {
  it('counts keras-dense by hand: 784-512-(2)-512-784', () => {
    const encode = 2 * (784 * 512 + 2 * 512 * 2);
    const decode = 2 * (2 * 512 + 512 * 784);
    const dataGradient = 2 * 784 * 512;
    expect(countFlop(planOf('keras-dense'), 1)).toEqual({
      ...{ encode, decode },
      trainStep: 3 * (encode + decode) - dataGradient,
      dataProducts: 2 * dataGradient,
    });
    expect(countFlop(planOf('keras-dense'), 256).trainStep / 1e9).toBeCloseTo(1.03, 2);
  });

  it('counts keras-conv by hand, a transposed convolution by the positions of its input', () => {
    const conv1 = 2 * 14 * 14 * 9 * 1 * 32;
    const encode = conv1 + 2 * 7 * 7 * 9 * 32 * 64 + 2 * 3136 * 16 + 2 * 2 * 16 * 2;
    const transposed = 7 * 7 * 64 * 64 + 14 * 14 * 64 * 32 + 28 * 28 * 32 * 1;
    const decode = 2 * 2 * 3136 + 2 * 9 * transposed;
    expect(countFlop(planOf('keras-conv'), 1)).toEqual({
      ...{ encode, decode },
      trainStep: 3 * (encode + decode) - conv1,
      dataProducts: 0,
    });
    expect(countFlop(planOf('keras-conv'), 128).trainStep / 1e9).toBeCloseTo(5.1, 1);
  });

  it('leaves the heads without a data gradient where they read the data themselves', () => {
    const plan = planOf('keras-dense');
    const { trainStep, encode, decode } = countFlop({ ...plan, encoder: [] }, 1);
    expect(trainStep).toBe(2 * encode + 3 * decode);
  });
});

it('countProductFlop is two for each multiplication', () => {
  expect(countProductFlop(2, 3, 5)).toBe(60);
});
