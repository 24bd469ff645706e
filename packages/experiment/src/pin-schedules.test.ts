import { scheduleAt } from '@latentkit/core';
import { createModel } from '@latentkit/models';
import { scalarsAt } from '@latentkit/objectives';
import { expect, it } from 'vitest';
import type { ExperimentConfig } from './config-schema.ts';
import { modelSpecOf } from './model-spec-of.ts';
import { objectiveOf } from './objective-of.ts';
import { pinSchedules } from './pin-schedules.ts';
import { DIGIT_SHAPE, tinyConfig } from './testing/tiny-run.ts';

const cosine = { type: 'cosine', from: 0.01, to: 0.001 } as const;
const linear = { type: 'linear', from: 0.5, to: 2 } as const;

it('a schedule as long as the run says its length; others are as they were', () => {
  const fixed = { ...linear, epochs: 3 };
  const rate = { type: 'exponential', from: 1, rate: 0.5 } as const;
  const pinned = pinSchedules(tinyConfig({}, { learningRate: cosine, beta: linear }), 10).training;
  expect(pinned).toMatchObject({ learningRate: { ...cosine, epochs: 10 }, beta: { ...linear, epochs: 9 } });
  const others = tinyConfig({}, { learningRate: rate, beta: fixed });
  expect(pinSchedules(others, 10)).toEqual(others);
  expect(pinSchedules(pinSchedules(others, 10), 99)).toEqual(others);
});

it.each([1, 2, 5])('every weight and rate of %i epochs is the same bits in a longer run', (epochs) => {
  const config: ExperimentConfig = {
    ...tinyConfig({}, { epochs, learningRate: cosine }),
    objective: { type: 'elbo', beta: linear, capacity: { ...cosine, from: 0, to: 5 } },
  };
  const pinned = pinSchedules(config, epochs);
  const model = createModel(modelSpecOf(config, DIGIT_SHAPE));
  const scalarsOf = (from: ExperimentConfig, epoch: number, length: number) =>
    scalarsAt(objectiveOf(from, model, 200), epoch, length);
  for (let epoch = 0; epoch < epochs; epoch++) {
    expect(scalarsOf(pinned, epoch, 40)).toEqual(scalarsOf(config, epoch, epochs));
    expect(scheduleAt(pinned.training.learningRate, epoch, 40)).toBe(scheduleAt(cosine, epoch, epochs));
  }
  expect(scalarsOf(pinned, 39, 40)).toEqual(scalarsOf(config, epochs - 1, epochs));
});
