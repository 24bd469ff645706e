import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { KerasEarlyStopping, readKerasRuns } from '../testing/keras-callbacks.ts';
import { type EarlyStoppingSpec, FRESH_PATIENCE, stopEarly } from './early-stopping.ts';

/** The wait after each epoch, up to the one that stops. */
function waitsOf(spec: EarlyStoppingSpec, losses: readonly number[]): { waits: number[]; stopped: boolean } {
  let state = FRESH_PATIENCE;
  const waits: number[] = [];
  for (const loss of losses) {
    const epoch = stopEarly(spec, state, loss);
    state = JSON.parse(JSON.stringify(epoch.state));
    waits.push(state.wait);
    if (epoch.stop) return { waits, stopped: true };
  }
  return { waits, stopped: false };
}

describe('stopEarly', () => {
  it.each<[string, EarlyStoppingSpec, number[], number[], boolean]>([
    ['goes on while the loss falls', { patience: 1 }, [5, 4, 3, 2], [0, 0, 0, 0], false],
    ['an equal loss is no better', { patience: 2 }, [5, 5, 5, 1], [0, 1, 2], true],
    ['starts to count anew after a better one', { patience: 2 }, [5, 6, 4, 6, 6, 1], [0, 1, 0, 1, 2], true],
    ['patience 1 stops at the first that is no better', { patience: 1 }, [5, 6, 1], [0, 1], true],
    ['patience 0 does too', { patience: 0 }, [5, 4, 4, 1], [0, 0, 1], true],
    [
      'a fall by exactly minDelta is no better',
      { patience: 2, minDelta: 0.5 },
      [5, 4.5, 4.5],
      [0, 1, 2],
      true,
    ],
    ['a fall by more is', { patience: 2, minDelta: 0.5 }, [5, 4.25, 3.5], [0, 0, 0], false],
    ['small falls add up', { patience: 9, minDelta: 0.5 }, [5, 4.75, 4.5, 4.25], [0, 1, 2, 0], false],
    ['losses below zero are losses', { patience: 1 }, [-1, -2, -1.5], [0, 0, 1], true],
  ])('%s', (_, spec, losses, waits, stopped) => {
    expect(waitsOf(spec, losses)).toEqual({ waits, stopped });
  });

  it.each([0, 1, 2, 5])("counts as Keras's callback does on random losses, patience %i", (patience) => {
    for (const minDelta of [0, 0.5, 1]) {
      const random = createRandom({ seed: patience, stream: Stream.sample });
      const losses = Array.from({ length: 60 }, (_, i) => 30 - i / 3 + random.integer(8) / 2);
      const keras = new KerasEarlyStopping({ patience, minDelta });
      let state = FRESH_PATIENCE;
      for (const [epoch, loss] of losses.entries()) {
        keras.onEpochEnd(epoch, loss);
        const ours = stopEarly({ patience, minDelta }, state, loss);
        state = ours.state;
        expect({ ...state, stop: ours.stop }).toEqual({
          best: keras.best,
          wait: keras.wait,
          stop: keras.stopTraining,
        });
        if (ours.stop) break;
      }
    }
  });

  it('counts as Keras does where losses are NaN and infinite, through JSON too', () => {
    for (const { losses, patience, waits, stopped } of readKerasRuns()) {
      expect({ losses, ...waitsOf({ patience, minDelta: 0.5 }, losses) }).toEqual({ losses, waits, stopped });
    }
  });
});
