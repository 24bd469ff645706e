import { type Factors, LatentkitError } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { requireVectors, type Vectors } from './points.ts';

/** Groups of equal numbers that a factor is cut into that takes any value. */
export const FACTOR_GROUPS = 10;

const factorsRule = having('factors, { names, sizes, values }', {
  ...{ names: 'object', sizes: 'object', values: 'object' },
});

/** A factor that varies, as whole numbers from 0, and as the values it had. */
export interface FactorColumn {
  readonly name: string;
  readonly groups: Int32Array;
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * The factors that vary over some examples; one that takes any value is cut into ten groups of equal numbers.
 *
 * @throws `E_USAGE` for what are no factors; `E_SHAPE` for those of another number of examples; `E_NOT_FINITE` for NaN;
 * `E_RANGE` where none varies.
 */
export function factorColumns(where: string, codes: Vectors, factors: Factors): FactorColumn[] {
  requireVectors(where, codes);
  checkValue(where, 'factors', factors, factorsRule);
  const { names, sizes, values } = factors;
  const { count } = codes;
  if (values.length !== count * names.length || sizes.length !== names.length) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected ${names.length} factors of ${count} examples, got ${values.length} numbers and ${sizes.length} sizes`,
    );
  }
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    const [name, example] = [names[odd % names.length], Math.floor(odd / names.length)];
    throw new LatentkitError(
      'E_NOT_FINITE',
      `${where}: factor '${name}' of example ${example} is ${values[odd]}`,
    );
  }
  const columns = names.map((name, at): FactorColumn => {
    const own = Float64Array.from({ length: count }, (_, i) => values[i * names.length + at]!);
    const groups = sizes[at]! > 0 ? distinct(own) : inEqualGroups(own);
    return { name, values: own, groups, size: groups.reduce((most, group) => Math.max(most, group + 1), 0) };
  });
  const varying = columns.filter(({ size }) => size > 1);
  if (varying.length > 0) return varying;
  throw new LatentkitError('E_RANGE', `${where}: no factor varies over the ${count} examples`);
}

/** Each value's place among the different ones. */
function distinct(values: Float64Array): Int32Array {
  const places = new Map([...new Set(values)].sort((a, b) => a - b).map((value, place) => [value, place]));
  return Int32Array.from(values, (value) => places.get(value)!);
}

/** By rank; equal values go together. */
function inEqualGroups(values: Float64Array): Int32Array {
  const sorted = values.toSorted();
  const edges = Array.from(
    { length: FACTOR_GROUPS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * values.length) / FACTOR_GROUPS)]!,
  );
  return distinct(values.map((value) => edges.filter((edge) => value >= edge).length));
}
