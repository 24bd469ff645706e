import { createRandom, Stream } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import { KerasReduceLrOnPlateau, readKerasRuns } from '../testing/keras-callbacks.ts';
import {
  FRESH_PLATEAU,
  type ReduceOnPlateauSpec,
  reduceOnPlateau,
  scaledLearningRate,
} from './reduce-on-plateau.ts';

/** The rate of each epoch, and of the one that would follow. */
function ratesOf(spec: ReduceOnPlateauSpec, losses: readonly number[], scheduleOf = (_epoch: number) => 1) {
  let state = FRESH_PLATEAU;
  const rates = [scaledLearningRate(scheduleOf(0), state, spec)];
  for (const [epoch, loss] of losses.entries()) {
    state = JSON.parse(JSON.stringify(reduceOnPlateau(spec, state, loss, rates[epoch]!)));
    rates.push(scaledLearningRate(scheduleOf(epoch + 1), state, spec));
  }
  return { rates, state };
}

describe('reduceOnPlateau', () => {
  const half = { factor: 0.5, minDelta: 0 };
  it.each<[string, ReduceOnPlateauSpec, number[], number[]]>([
    ['keeps the rate while the loss falls', { ...half, patience: 1 }, [5, 4, 3], [1, 1, 1, 1]],
    ['lowers it from the next epoch on', { ...half, patience: 1 }, [5, 5, 4], [1, 1, 0.5, 0.5]],
    ['an equal loss is no better', { ...half, patience: 2 }, [5, 5, 5, 4], [1, 1, 1, 0.5, 0.5]],
    ['waits anew after it acted', { ...half, patience: 2 }, [5, 6, 6, 6, 6], [1, 1, 1, 0.5, 0.5, 0.25]],
    ['patience 0 is patience 1', { ...half, patience: 0 }, [5, 5, 5], [1, 1, 0.5, 0.25]],
    [
      'a fall by exactly minDelta is no better',
      { ...half, patience: 1, minDelta: 0.5 },
      [5, 4.5],
      [1, 1, 0.5],
    ],
    ['minDelta is 1e-4 unless given', { factor: 0.5, patience: 1 }, [5, 4.99995, 4.99985], [1, 1, 0.5, 0.5]],
    [
      'ends at the least rate',
      { ...half, patience: 1, minLearningRate: 0.3 },
      [5, 5, 5, 5],
      [1, 1, 0.5, 0.3, 0.3],
    ],
  ])('%s', (_, spec, losses, rates) => {
    expect(ratesOf(spec, losses).rates).toEqual(rates);
  });

  it.each([0, 1, 2, 4])("gives the rates of Keras's callback on random losses, patience %i", (patience) => {
    for (const minLearningRate of [0, 0.01, 1]) {
      const spec = { factor: 0.7, patience, minDelta: 0.5, minLearningRate };
      const random = createRandom({ seed: patience, stream: Stream.sample });
      const losses = Array.from({ length: 60 }, (_, i) => 30 - i / 3 + random.integer(8) / 2);
      const keras = new KerasReduceLrOnPlateau(1, spec);
      const { rates, state } = ratesOf(spec, losses);
      const expected = [1];
      for (const [epoch, loss] of losses.entries()) {
        keras.onEpochEnd(epoch, loss);
        expected.push(keras.learningRate);
      }
      expectClose(rates, expected, { relative: 1e-12, absolute: 0 });
      expect({ best: state.best, wait: state.wait }).toEqual({ best: keras.best, wait: keras.wait });
    }
  });

  it('gives the rates of Keras where losses are NaN and infinite, through JSON too', () => {
    for (const { losses, patience, rates } of readKerasRuns()) {
      const ours = ratesOf({ factor: 0.5, patience, minDelta: 0.5 }, losses).rates.slice(1);
      expect({ losses, patience, rates: ours }).toEqual({ losses, patience, rates });
    }
  });

  it('scales a schedule, which may itself go below the least rate', () => {
    const spec = { ...half, patience: 1, minLearningRate: 0.2 };
    const falling = [0.8, 0.4, 0.3, 0.1, 0.05];
    expect(ratesOf(spec, [5, 5, 4, 3], (epoch) => falling[epoch]!).rates).toEqual([0.8, 0.4, 0.2, 0.1, 0.05]);
  });
});
