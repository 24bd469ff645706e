import { portableExp, portableLog } from '@latentkit/core';
import { conditionOf, isList, type Range } from './ranges.ts';

interface Common {
  readonly name: string;
  /** When it counts; empty for always. */
  readonly when: Readonly<Record<string, unknown>>;
}

/** A setting of some values, told apart by their place. */
export interface Choices extends Common {
  readonly kind: 'choices';
  readonly values: readonly unknown[];
}

/** A setting of numbers. */
export interface Numbers extends Common {
  readonly kind: 'numbers';
  readonly from: number;
  /** The last value: of a step, one that steps come to. */
  readonly to: number;
  readonly isLog: boolean;
  /** From one value to the next; undefined for any number. */
  readonly step: number | undefined;
  /** Of a grid, how many values. */
  readonly points: number | undefined;
}

/** A setting that is searched. */
export type Dimension = Choices | Numbers;

/** The dimension that a range is. */
export function dimensionOf(name: string, range: Range): Dimension {
  const when = conditionOf(range);
  if (isList(range)) return { kind: 'choices', name, when, values: range };
  if ('oneOf' in range) return { kind: 'choices', name, when, values: range.oneOf };
  const { points, whole } = range;
  const unit = whole ? 1 : undefined;
  if ('log' in range) {
    const [from, to] = range.log as [number, number];
    return { kind: 'numbers', name, when, from, to, isLog: true, step: unit, points };
  }
  const { from, step = unit } = range;
  const to =
    step === undefined ? range.to : tidy(from + Math.floor((range.to - from) / step + 1e-9) * step, 12);
  return { kind: 'numbers', name, when, from, to, isLog: false, step, points };
}

/** Where a dimension's numbers lie evenly: themselves or their logarithms, half a step wider at both ends where they go in steps. */
export function boundsOf({ from, to, isLog, step = 0 }: Numbers): { low: number; high: number } {
  const [low, high] = [from - step / 2, to + step / 2];
  return isLog ? { low: portableLog(low), high: portableLog(high) } : { low, high };
}

/** A number where it lies evenly. */
export function toEven({ isLog }: Numbers, value: number): number {
  return isLog ? portableLog(value) : value;
}

/** Of six digits, so that a table's numbers can be typed again; of a step, the nearest that there is. */
export function fromEven({ from, to, isLog, step }: Numbers, even: number): number {
  const value = isLog ? portableExp(even) : even;
  const near =
    step === undefined ? tidy(value, 6) : tidy(from + Math.round((value - from) / step) * step, 12);
  return Math.min(to, Math.max(from, near));
}

/**
 * The value at a share of a dimension, from 0 to below 1.
 *
 * @example
 * valueAt(dimensionOf('rate', { log: [1e-4, 1e-2] }), 0.5); // 0.001
 */
export function valueAt(dimension: Dimension, share: number): unknown {
  if (dimension.kind === 'choices') {
    const { values } = dimension;
    return values[Math.min(values.length - 1, Math.floor(share * values.length))];
  }
  const { low, high } = boundsOf(dimension);
  return fromEven(dimension, low + share * (high - low));
}

function tidy(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
