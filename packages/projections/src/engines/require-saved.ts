import { LatentkitError } from '@latentkit/core';
import type { SavedProjection } from '../projection.ts';

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
