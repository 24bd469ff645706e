import { applySettings, type ExperimentConfig, findRecipe } from '@latentkit/experiment/config';

/** What decides a run: a recipe, images, and the fields of the config that are set by hand. */
export interface Setting {
  readonly recipe: string;
  /** A dataset's name. */
  readonly dataset: string;
  /** Values by path: `'training.beta'`. */
  readonly changes: Readonly<Record<string, unknown>>;
}

export const FIRST_SETTING: Setting = { recipe: 'digits-tour', dataset: 'digits', changes: {} };

/** A setting with a field set, or as its recipe has it where the value is undefined. */
export function withChange(setting: Setting, path: string, value: unknown): Setting {
  const { [path]: _, ...others } = setting.changes;
  const isUsual =
    value === undefined || isSame(value, valueAt(configOf({ ...setting, changes: others }), path));
  return { ...setting, changes: isUsual ? others : { ...others, [path]: value } };
}

/** The config that a setting stands for. Whether it can be is for `parseConfig` to say, where it is trained. */
export function configOf({ recipe, dataset, changes }: Setting): ExperimentConfig {
  const { model, training, figures, dataset: use } = findRecipe(recipe);
  const base = {
    recipe,
    dataset: { ...use, name: dataset },
    model,
    ...(figures && { figures }),
    training,
  };
  const set = Object.entries(changes).map(([path, value]) => ({ path: path.split('.'), value }));
  const config = applySettings(base, set, 'the link') as ExperimentConfig;
  const { beta: _, ...withoutBeta } = config.training;
  // A recipe's beta is for the recipe's kind of model.
  return config.model.kind === 'autoencoder' && !('training.beta' in changes)
    ? { ...config, training: withoutBeta }
    : config;
}

/** A field of a config by its path. */
export function valueAt(config: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (Object(at) as Record<string, unknown>)[key], config);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
