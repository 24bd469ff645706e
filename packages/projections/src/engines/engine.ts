import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { type Points, requirePoints } from '../points.ts';
import type { SavedProjection } from '../projection.ts';

/** The limits of an engine. */
export interface EngineLimits {
  /** For messages: `createUmapJs`. */
  readonly where: string;
  readonly fewest: number;
  readonly maxPoints: number;
  readonly seed: number;
  /** Options that are whole numbers, each with the least it may be. */
  readonly whole: Readonly<Record<string, readonly [value: number, least: number]>>;
  /** Options that must be above 0. */
  readonly positive: Readonly<Record<string, number>>;
}

/**
 * Throws unless the points are as many as an engine can do, and the numbers in its options in their ranges.
 *
 * @throws `E_SHAPE`, `E_NOT_FINITE` for bad points; `E_LIMIT` for too many; `E_RANGE` for too few, and for options.
 */
export function checkEngineOptions(
  points: Points,
  { where, fewest, maxPoints, seed, whole, positive }: EngineLimits,
): void {
  requirePoints(points, where);
  if (points.count < fewest) {
    throw new LatentkitError('E_RANGE', `${where}: expected ${fewest} points or more, got ${points.count}`);
  }
  if (!(points.count <= maxPoints)) {
    throw new LatentkitError('E_LIMIT', `${where}: ${points.count} points exceed maxPoints, ${maxPoints}`, {
      fix: "Take fewer points or Latentkit's own method, or raise maxPoints and wait",
    });
  }
  for (const [name, [value, least]] of Object.entries(whole)) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new LatentkitError(
      'E_RANGE',
      `${where}: ${name} must be a whole number of at least ${least}, got ${value}`,
    );
  }
  for (const [name, value] of Object.entries(positive)) {
    if (Number.isFinite(value) && value > 0) continue;
    throw new LatentkitError('E_RANGE', `${where}: ${name} must be a number above 0, got ${value}`);
  }
  createRandom({ seed, stream: Stream.projection }); // throws for what is no seed
}

/**
 * An npm package that runs a projection, and that not everybody has installed.
 *
 * @param load the `import()`, written out where bundlers see it.
 * @param install what to install.
 * @throws `E_NOT_FOUND` when it cannot be imported.
 */
export async function importEngine<Module>(
  name: string,
  load: () => Promise<Module>,
  install = `npm i ${name}`,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LatentkitError('E_NOT_FOUND', `the engine ${name} could not be imported: ${reason}`, {
      fix: `Install it: ${install}`,
      cause,
    });
  }
}

/** Points as arrays of numbers, as npm packages want them. */
export function rowsOf({ data, count, dimensions }: Points): number[][] {
  return Array.from({ length: count }, (_, i) =>
    Array.from(data.subarray(i * dimensions, (i + 1) * dimensions)),
  );
}

/** Throws `E_NOT_FINITE` when an engine's map has run away. */
export function requireFinite(map: Float32Array, engine: string): Float32Array {
  if (map.every(Number.isFinite)) return map;
  throw new LatentkitError('E_NOT_FINITE', `${engine}: its map has numbers that are not finite`, {
    fix: 'Lower the learning rate, or scale the points',
  });
}

/**
 * The settings of an engine's saved projection.
 *
 * @param numbers settings that are used as numbers.
 * @throws `E_FORMAT` for another method or version, and where one of these, or the list of warnings, is missing.
 */
export function requireSaved<Settings extends object>(
  { method, version, settings }: SavedProjection,
  expected: string,
  numbers: readonly (keyof Settings & string)[],
  where: string,
): Settings {
  const isFitting =
    method === expected &&
    version === 1 &&
    numbers.every((name) => Number.isFinite(settings?.[name])) &&
    Array.isArray(settings.warnings);
  if (isFitting) return settings as Settings;
  throw new LatentkitError(
    'E_FORMAT',
    `${where}: expected what save() of '${expected}' gave, got method '${method}', version ${version}, settings ${JSON.stringify(settings)}`,
  );
}
