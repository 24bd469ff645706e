import { expect, test } from 'vitest';
import type { LossRow } from './loss-row.ts';
import { plotLossCurves } from './plot-loss-curves.ts';

const history = (epochs: number, scale = 1): LossRow[] =>
  Array.from({ length: epochs }, (_, i) => {
    const reconstruction = (80 + 100 / (i + 1)) * scale;
    const kl = (25 - 20 / (i + 1)) * scale;
    const [valReconstruction, valKl] = [reconstruction * 1.03, kl * 1.01];
    return {
      epoch: i + 1,
      loss: reconstruction + kl,
      reconstruction,
      kl,
      valLoss: valReconstruction + valKl,
      valReconstruction,
      valKl,
    };
  });
const panels = (svg: string) =>
  ['Total loss', 'Reconstruction', 'KL divergence'].filter((one) => svg.includes(`>${one}<`));

test.each([1, 2, 100])('%d epochs have three panels', (epochs) => {
  expect(panels(plotLossCurves(history(epochs)))).toHaveLength(3);
});

test.each([1e-12, 1e12, 1e100])('losses times %d leave no NaN in the figure', (scale) => {
  expect(plotLossCurves(history(5, scale))).not.toMatch(/NaN|Infinity|undefined/);
});

test('a plain autoencoder has one panel, as its reconstruction is the loss', () => {
  const rows = history(3).map(({ epoch, reconstruction }) => ({
    epoch,
    loss: reconstruction,
    reconstruction,
  }));
  expect(panels(plotLossCurves(rows))).toEqual(['Total loss']);
});

test('a run without validation has no validation curve', () => {
  expect(plotLossCurves([{ epoch: 1, loss: 3 }], { title: 'Loss' })).not.toContain('validation');
});

test('curves of test images are called so', () => {
  const svg = plotLossCurves(history(3), { judges: 'test' });
  expect(svg).toContain('Training and test loss');
  expect(svg).toContain('>test 116.7<'); // the last reconstruction: 1.03 (80 + 100 / 3) = 116.73
  expect(svg).not.toContain('validation');
});

test('panels stand below each other where the figure is narrow', () => {
  const height = (width: number) => Number(/ height="(\d+)"/.exec(plotLossCurves(history(3), { width }))![1]);
  expect(height(300)).toBeGreaterThan(2 * height(900));
});

test('gaps are left where losses are not finite', () => {
  const rows = history(30);
  rows[3]!.loss = Number.NaN;
  rows[4]!.loss = null;
  expect(plotLossCurves(rows)).not.toMatch(/NaN|null/);
});

test('the same history gives the same figure', () => {
  expect(plotLossCurves(history(20))).toBe(plotLossCurves(history(20)));
});

test('bad input is refused', () => {
  expect(() => plotLossCurves([])).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
  expect(() => plotLossCurves([{ epoch: 1, loss: Number.NaN }])).toThrow(
    expect.objectContaining({ code: 'E_NOT_FINITE' }),
  );
  expect(() => plotLossCurves([{ epoch: Number.NaN, loss: 1 }])).toThrow('row 0');
  expect(() => plotLossCurves(history(2), { smoothing: 0.5 })).toThrow(
    expect.objectContaining({ code: 'E_RANGE' }),
  );
});
