import { describe, expect, it } from 'vitest';
import type { MetricsRow } from '../loop/metrics.ts';
import { type AlarmContext, findAlarms } from './find-alarms.ts';

const CONTEXT: AlarmContext = { latentDim: 2, epochs: 10 };

/** Rows with a loss each, and what else is said of all, or of each. */
const rowsOf = (losses: readonly number[], more: (i: number) => Partial<MetricsRow> = () => ({})) =>
  losses.map(
    (loss, i): MetricsRow => ({
      ...{ epoch: i + 1, loss, valLoss: loss, kl: 3, valKl: 3, learningRate: 1e-3, seconds: 1, beta: 1 },
      ...more(i),
    }),
  );
const kinds = (rows: readonly MetricsRow[], context = CONTEXT) =>
  findAlarms(rows, context).map(({ kind, epoch }) => [kind, epoch]);
const kls = (...numbers: number[]) =>
  rowsOf(
    numbers.map(() => 100),
    (i) => ({ valKl: numbers[i]! }),
  );

describe('a posterior collapse', () => {
  it('is told once it has lasted three epochs, and again after it was over', () => {
    expect(kinds(kls(2, 0.02, 0.01, 0.02, 0.01, 0.01))).toEqual([['posteriorCollapse', 4]]);
    expect(kinds(kls(0, 0, 0, 1, 0, 0, 0))).toEqual([
      ['posteriorCollapse', 3],
      ['posteriorCollapse', 7],
    ]);
  });

  it('is none where a run finds out of it, where the KL is small but used, and where there is none', () => {
    expect(kinds(kls(0.01, 0.01, 0.5, 2, 3))).toEqual([]);
    expect(kinds(kls(0.1, 0.1, 0.1, 0.1))).toEqual([]);
    const plain = kls(0, 0, 0, 0).map(({ kl: _, valKl: __, ...row }) => row as MetricsRow);
    expect(kinds(plain)).toEqual([]);
  });

  it('is none in the first 300 steps, in which little is learned yet', () => {
    expect(kinds(kls(0, 0, 0, 0, 0, 0), { ...CONTEXT, batches: 100 })).toEqual([['posteriorCollapse', 5]]);
    expect(kinds(kls(0, 0, 0, 0, 0), { ...CONTEXT, batches: 7 })).toEqual([]);
  });

  it('is none while a capacity that grows holds the KL down', () => {
    const capacity = { type: 'linear', from: 0, to: 5, epochs: 8 } as const;
    expect(kinds(kls(0, 0, 0, 0, 0), { ...CONTEXT, capacity })).toEqual([]);
    const late = kls(...new Array(10).fill(0));
    expect(kinds(late, { ...CONTEXT, epochs: 10, capacity: { ...capacity, epochs: 3 } })).toEqual([
      ['posteriorCollapse', 6],
    ]);
  });

  it('is told of the upper of two levels, by its own size', () => {
    const rows = (...numbers: number[]) =>
      rowsOf(
        numbers.map(() => 100),
        (i) => ({ valKlZ2: numbers[i]! }),
      );
    const context = { ...CONTEXT, upperDim: 3 };
    const [alarm, ...more] = findAlarms(rows(1, 0.03, 0.03, 0.001), context);
    expect(alarm).toMatchObject({ kind: 'posteriorCollapse', epoch: 4 });
    expect(alarm!.message).toMatch(/upper codes.*KL 0\.001 nats over 3 latent dimensions/);
    expect(alarm!.fix).toMatch(/fewer numbers in z.*kind 'vae'/);
    expect(more).toEqual([]);
    expect(findAlarms(rows(0.04, 0.04, 0.04, 0.04), context)).toEqual([]);
    expect(findAlarms(rows(0, 0, 0, 0), CONTEXT)).toEqual([]); // a column of a stranger's
  });

  it('is told in words, with what to try', () => {
    const [alarm] = findAlarms(kls(0, 0.0012345, 0.0012345), { latentDim: 1, epochs: 3 });
    expect(alarm!.message).toMatch(
      /for 3 epochs .* next to nothing .*KL 0\.00123 nats over one latent dimension/,
    );
    expect(alarm!.fix).toMatch(/smaller beta.*free bits/);
  });
});

describe('divergence', () => {
  it('is told where the loss was a tenth above that of the first epoch for two epochs', () => {
    expect(kinds(rowsOf([200, 150, 221, 222, 300, 140]))).toEqual([['divergence', 4]]);
    expect(kinds(rowsOf([-50, -80, -44, -44, -60]))).toEqual([['divergence', 4]]);
  });

  it('is none for a bad epoch, for noise, and for a run that gets worse but keeps most', () => {
    expect(kinds(rowsOf([200, 150, 400, 150, 400, 150]))).toEqual([]);
    expect(kinds(rowsOf([100, 101, 105, 109, 102, 108]))).toEqual([]);
    expect(kinds(rowsOf([200, 100, 150, 180, 190]))).toEqual([]);
  });

  it('compares epochs under the same weights alone', () => {
    const warm = rowsOf([100, 130, 160, 190, 190, 191], (i) => ({ beta: Math.min(1, i / 3) }));
    expect(kinds(warm)).toEqual([]);
    const blown = rowsOf([100, 130, 160, 190, 220, 230], (i) => ({ beta: Math.min(1, i / 3) }));
    expect(kinds(blown)).toEqual([['divergence', 6]]);
  });
});

it('tells of a run what it told while it was under way', () => {
  const rows = rowsOf([200, 150, 250, 260, 270], () => ({ valKl: 0.001 }));
  const told = rows.flatMap((_, i) =>
    findAlarms(rows.slice(0, i + 1), CONTEXT).filter(({ epoch }) => epoch === i + 1),
  );
  expect(told).toEqual(findAlarms(rows, CONTEXT));
  expect(told).toHaveLength(2);
});

it('says what is no history', () => {
  expect(() => findAlarms(undefined as never, CONTEXT)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
});
