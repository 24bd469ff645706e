import { checkValue, having, listRule } from '@latentkit/core/options';
import type { ExperimentConfig } from '../config-schema.ts';
import { differencesOf } from '../settings-of.ts';

/** A setting, or a measure, and its value in each run. */
export interface ComparedRow<Value> {
  /** A setting's path; a measure's column of metrics. */
  readonly name: string;
  /** As it is shown. */
  readonly title: string;
  /** Undefined where a run has none. */
  readonly values: readonly (Value | undefined)[];
  /** The values as they are shown. */
  readonly cells: readonly string[];
}

/** Settings that say where or what for, not what was trained. */
const ASIDE = ['recipe', 'dataset.dataDir'];

/**
 * The settings in which configs differ, by path, in the order of the configs.
 *
 * @example
 * differingSettings([first, second]); // [{ name: 'training.beta', values: [1, 4], ... }]
 */
export function differingSettings(configs: readonly ExperimentConfig[]): ComparedRow<unknown>[] {
  checkValue('differingSettings', 'configs', configs, listRule);
  const configRule = having('a config', { model: 'object', training: 'object' });
  for (const config of Array.from(configs)) checkValue('differingSettings', 'config', config, configRule);
  return differencesOf(Array.from(configs))
    .filter(({ path }) => !ASIDE.includes(path) && !path.startsWith('figures'))
    .map(({ path, values }) => ({ name: path, title: path, values, cells: values.map(cellOf) }));
}

function cellOf(value: unknown): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', ');
}
