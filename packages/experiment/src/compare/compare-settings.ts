import type { ExperimentConfig } from '../config-schema.ts';
import { isSameSetting, settingsOf } from '../settings-of.ts';

/** A setting, or a measure, and its value in each run; undefined where one has none. */
export interface ComparedRow<Value> {
  readonly name: string;
  readonly values: readonly (Value | undefined)[];
}

/** Settings that say where or what for, not what was trained. */
const ASIDE = ['recipe', 'dataset.dataDir'];

/**
 * The settings in which configs differ, by path, in the order of the configs.
 *
 * @example
 * differingSettings([first, second]); // [{ name: 'training.beta', values: [1, 4] }]
 */
export function differingSettings(configs: readonly ExperimentConfig[]): ComparedRow<unknown>[] {
  const settings = configs.map((config) => settingsOf(config));
  const names = [...new Set(settings.flatMap((one) => [...one.keys()]))];
  return names
    .filter((name) => !ASIDE.includes(name) && !name.startsWith('figures'))
    .map((name) => ({ name, values: settings.map((one) => one.get(name)) }))
    .filter(({ values }) => values.some((value) => !isSameSetting(value, values[0])));
}
