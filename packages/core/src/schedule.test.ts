import { describe, expect, it } from 'vitest';
import { type Schedule, scheduleAt } from './schedule.ts';

const valuesOf = (schedule: Schedule, epochs: number) =>
  Array.from({ length: epochs }, (_, epoch) => scheduleAt(schedule, epoch, epochs));

describe('scheduleAt', () => {
  it('is a number that is given', () => {
    expect(valuesOf(0.5, 3)).toEqual([0.5, 0.5, 0.5]);
  });

  it('goes in a straight line, then stays', () => {
    const up = { type: 'linear', from: 0, to: 1, epochs: 4 } as const;
    expect(valuesOf(up, 6)).toEqual([0, 0.25, 0.5, 0.75, 1, 1]);
    expect(valuesOf({ ...up, from: 3 }, 5)).toEqual([3, 2.5, 2, 1.5, 1]);
  });

  it('goes down half a cosine, then stays', () => {
    const values = valuesOf({ type: 'cosine', from: 2, to: 1, epochs: 6 }, 8);
    const expected = [0, 1, 2, 3, 4, 5].map((epoch) => 1.5 + Math.cos((Math.PI * epoch) / 6) / 2);
    for (const [i, value] of [...expected, 1, 1].entries()) expect(values[i]).toBeCloseTo(value, 12);
    expect(values[0]).toBe(2);
  });

  it('lasts as long as it is told where it does not say how long', () => {
    const up = { type: 'linear', from: 0, to: 1 } as const;
    expect(valuesOf(up, 4)).toEqual([0, 0.25, 0.5, 0.75]);
    expect(valuesOf(up, 2)).toEqual([0, 0.5]);
  });

  it('falls by a rate without end', () => {
    expect(valuesOf({ type: 'exponential', from: 8, rate: 0.5 }, 5)).toEqual([8, 4, 2, 1, 0.5]);
    expect(scheduleAt({ type: 'exponential', from: 1, rate: 1.01 }, 1000, 2000)).toBeCloseTo(1.01 ** 1000, 6);
  });

  it('rises anew in each cycle over a share of it, and ends where it goes to', () => {
    const cyclic = { type: 'cyclic', from: 0, to: 1, cycles: 2 } as const;
    expect(valuesOf(cyclic, 8)).toEqual([0, 0.5, 1, 1, 0, 0.5, 1, 1]);
    expect(valuesOf({ ...cyclic, rise: 1, from: 2 }, 8)).toEqual([2, 1.75, 1.5, 1.25, 2, 1.75, 1.5, 1.25]);
    expect(valuesOf({ ...cyclic, epochs: 4 }, 6)).toEqual([0, 1, 0, 1, 1, 1]);
    expect(valuesOf({ type: 'cyclic', from: 0, to: 1 }, 9).map((value) => Number(value.toFixed(3)))).toEqual([
      ...[0, 0.889, 1, 0.667, 1, 0.444, 1, 0.222, 1], // of 4 cycles that are no whole number of epochs
    ]);
  });

  it('has no cycles of an epoch or less', () => {
    expect(() => valuesOf({ type: 'cyclic', from: 0, to: 1 }, 4)).toThrow(
      'scheduleAt: expected fewer cycles than epochs, of which there are 4, got 4',
    );
  });

  it.each([0, 1.5, Number.NaN])('does not rise over a share of %d', (rise) => {
    const schedule = { type: 'cyclic', from: 0, to: 1, rise } as const;
    expect(() => valuesOf(schedule, 9)).toThrow('rise must be above 0 and at most 1');
  });

  it('is where it goes to at once, over no epochs', () => {
    expect(scheduleAt({ type: 'linear', from: 0, to: 1, epochs: 0 }, 0, 9)).toBe(1);
    expect(scheduleAt({ type: 'cosine', from: 0, to: 1, epochs: 0 }, 0, 9)).toBe(1);
  });

  it('knows no other', () => {
    const schedule = { type: 'cosin', from: 1, to: 0, epochs: 3 } as unknown as Schedule;
    expect(() => scheduleAt(schedule, 0, 3)).toThrow(
      "scheduleAt: there is no schedule 'cosin'. Did you mean 'cosine'?",
    );
  });
});
