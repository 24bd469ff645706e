import { expect, test } from 'vitest';
import { createPaceMeter } from './pace.ts';

test('the speed leaves validation out, the time left counts it', () => {
  let milliseconds = 0;
  const meter = createPaceMeter(2, () => milliseconds);
  const step = (epoch: number, batch: number) =>
    meter.step({
      ...{ type: 'step', epoch, batch, batches: 2, images: 100, step: 1 },
      ...{ learningRate: 0.1, loss: 1, reconstruction: 1 },
    });
  milliseconds = 1000;
  expect(step(1, 1)).toEqual({ imagesPerSecond: 100, secondsLeft: 3 });
  milliseconds = 2000;
  expect(step(1, 2)).toEqual({ imagesPerSecond: 100, secondsLeft: 2 });
  milliseconds = 8000; // six seconds of validation
  meter.endEpoch();
  milliseconds = 9000;
  expect(step(2, 1)).toEqual({ imagesPerSecond: 100, secondsLeft: 3 });
});
