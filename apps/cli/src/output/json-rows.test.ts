import type { WrittenEvent } from '@latentkit/experiment/node';
import { expect, test, vi } from 'vitest';
import { jsonRow, showJson } from './json-rows.ts';

const metrics = {
  epoch: 1,
  ...{ loss: 3, reconstruction: 2, kl: 1, valLoss: 6, valReconstruction: 4, valKl: 2 },
  ...{ learningRate: 0.001, beta: 1, seconds: 0.5 },
};

test('an epoch is its losses, flat', () => {
  const row = jsonRow({ type: 'epoch', ...metrics });
  expect(JSON.stringify(row)).toBe(
    '{"type":"epoch","epoch":1,"loss":3,"reconstruction":2,"kl":1,"valLoss":6,"valReconstruction":4,"valKl":2,' +
      '"learningRate":0.001,"seconds":0.5,"beta":1}',
  );
});

test('a plain autoencoder has no KL in its rows', () => {
  const row = jsonRow({ type: 'epoch', ...metrics, kl: undefined, valKl: undefined });
  expect(JSON.stringify(row)).not.toMatch(/kl/i);
});

test('the end has no arrays', () => {
  expect(jsonRow({ type: 'end', reason: 'completed', epoch: 1, weights: {}, history: [metrics] })).toEqual({
    ...{ type: 'end', reason: 'completed', epoch: 1 },
  });
});

test('a written run names its figures, and says why others are missing', () => {
  const figures: WrittenEvent['figures'] = [
    { name: 'samples', title: 'Samples', missing: 'No prior.' },
    { name: 'loss-curves', title: 'Losses', caption: 'Losses.', svg: '<svg/>' },
  ];
  expect(jsonRow({ type: 'written', directory: 'run', fingerprint: 'd78', figures })).toEqual({
    ...{ type: 'written', directory: 'run', fingerprint: 'd78', figures: ['loss-curves'] },
    missing: [{ name: 'samples', reason: 'No prior.' }],
  });
});

test('steps and checkpoints are not rows', () => {
  const step = {
    epoch: 1,
    batch: 1,
    batches: 1,
    images: 4,
    step: 1,
    learningRate: 0.1,
    loss: 1,
    reconstruction: 1,
  };
  expect(jsonRow({ type: 'step', ...step })).toBeUndefined();
});

test('infinities, which a term of weight 0 may have, are no null', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  showJson({ type: 'epoch', ...metrics, kl: Number.POSITIVE_INFINITY });
  const [line] = write.mock.calls[0]!;
  write.mockRestore();
  expect(JSON.parse(String(line))).toMatchObject({ kl: 'Infinity', valKl: 2 });
});

test('alarms and rewinds are told as they are', () => {
  const alarm = { type: 'alarm', kind: 'divergence', epoch: 3, message: 'worse', fix: 'Try less' } as const;
  const rewind = { type: 'rewind', epoch: 2, factor: 0.3, left: 1, reason: 'NaN' } as const;
  expect([jsonRow(alarm), jsonRow(rewind)]).toEqual([alarm, rewind]);
});
