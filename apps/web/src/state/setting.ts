import { LatentkitError } from '@latentkit/core';
import {
  applySettings,
  type ExperimentConfig,
  findRecipe,
  recipes,
  settingsOf,
} from '@latentkit/experiment/config';
import { isVariational } from '@latentkit/models';

/** What decides a run: a recipe, images, and the fields of the config that are set by hand. */
export interface Setting {
  readonly recipe: string;
  /** A dataset's name. */
  readonly dataset: string;
  /** Values by path, `'training.beta'`; null where a field of the recipe is left out. */
  readonly changes: Readonly<Record<string, unknown>>;
}

/** Of the lab's own pictures; all of a person's are learned from, where a recipe takes some of a large set. */
const OWN_LOOKS = { 'dataset.size': 28, 'dataset.channels': 1, 'dataset.limit': null };
/** Of a person's own table, each column by itself. */
const TABLE_LOOKS = { 'dataset.source': 'table' };
const TABLE_RECIPE = 'table';
/** How files become images. */
const OF_FILES = [
  ...['source', 'size', 'channels', 'fit', 'background', 'labelColumn'],
  ...['uses', 'missing', 'delimiter', 'decimal', 'header'],
].map((name) => `dataset.${name}`);
/** What a person wants of a run whatever network it trains: it holds when another is chosen. */
const OF_ANY_NETWORK = ['dataset.limit', 'training.beta', 'training.epochs', 'training.seed'];

export const FIRST_SETTING: Setting = { recipe: 'digits-tour', dataset: 'digits', changes: {} };

/** Whether a recipe learns the rows of a table, each column by its own distribution. */
export const isOfTables = (recipe: string): boolean =>
  recipes.find(({ name }) => name === recipe)?.model.likelihood?.type === 'columns';

/** How a person's files are read by a recipe where a hand has said nothing else. */
export const usualLooks = (recipe: string): Readonly<Record<string, unknown>> =>
  isOfTables(recipe) ? TABLE_LOOKS : OWN_LOOKS;

/** Whether a setting is the one that the page has a finished run of. */
export function isFirst(setting: Setting): boolean {
  return isSame(setting, FIRST_SETTING);
}

/** A setting with a field of its config set, or left out where the value is undefined. */
export function withChange(setting: Setting, path: string, value: unknown): Setting {
  // What lies within the field is said by the value.
  const others = Object.fromEntries(
    Object.entries(setting.changes).filter(([name]) => name !== path && !name.startsWith(`${path}.`)),
  );
  const usual = valueAt(configOf({ ...setting, changes: others }), path);
  if (isSame(value, usual)) return { ...setting, changes: others };
  return { ...setting, changes: { ...others, [path]: value === undefined ? null : value } };
}

/**
 * A setting with another word for a kind (of a network, an optimizer), without the fields that only the old kind had.
 *
 * @param names of the fields that the new kind knows.
 */
export function withKind(setting: Setting, path: string, word: string, names: readonly string[]): Setting {
  const parent = path.slice(0, path.lastIndexOf('.'));
  const old = Object.keys(Object(valueAt(configOf(setting), parent)));
  const key = path.slice(parent.length + 1);
  return old
    .filter((name) => name !== key && !names.includes(name))
    .reduce(
      (next, name) => withChange(next, `${parent}.${name}`, undefined),
      withChange(setting, path, word),
    );
}

/**
 * A setting for a person's own files: a table for a network of tables, others as grey pictures of the size of the lab's own, unless it
 * says otherwise.
 */
export function withOwnFiles(setting: Setting, { isTable = false } = {}): Setting {
  const { recipe, dataset, changes } = setting;
  if (isTable && !isOfTables(recipe)) return withRecipe(setting, TABLE_RECIPE);
  if (dataset === 'arrays') return setting;
  return { ...setting, dataset: 'arrays', changes: { ...usualLooks(recipe), ...changes } };
}

/** A setting for a dataset by its name: how files become images is no part of it, and pictures want a network of pictures. */
export function withDataset(setting: Setting, dataset: string): Setting {
  if (dataset === 'arrays') return withOwnFiles(setting);
  const { recipe, changes } = isOfTables(setting.recipe)
    ? withRecipe(setting, FIRST_SETTING.recipe)
    : setting;
  const isOfFiles = (path: string, value: unknown) =>
    OF_FILES.includes(path) || (setting.dataset === 'arrays' && path === 'dataset.limit' && value === null);
  const kept = Object.entries(changes).filter(([path, value]) => !isOfFiles(path, value));
  return { recipe, dataset, changes: Object.fromEntries(kept) };
}

/**
 * A setting for a recipe by its name. The network and how it is trained are the recipe's; how many images, epochs, the beta and the seed stay
 * as a hand has set them, and so does how a person's files become images. A table's recipe takes a person's files alone.
 */
export function withRecipe({ recipe: before, dataset: of, changes }: Setting, recipe: string): Setting {
  const dataset = isOfTables(recipe) ? 'arrays' : of;
  const isReadAnew = dataset === 'arrays' && (of !== dataset || isOfTables(before) !== isOfTables(recipe));
  const usual = configOf({ recipe, dataset, changes: {} });
  const holds = (path: string, value: unknown) => {
    if (path === 'training.beta' && !isVariational(usual.model)) return false; // it has no KL to weigh
    // Of a person's files it is said whatever is usual: another recipe takes some of a large set.
    if (OF_FILES.includes(path)) return dataset === 'arrays' && !isReadAnew;
    if (dataset === 'arrays' && path === 'dataset.limit') return value !== null || !isReadAnew;
    return OF_ANY_NETWORK.includes(path) && !isSame(value ?? undefined, valueAt(usual, path));
  };
  const kept = Object.entries(changes).filter(([path, value]) => holds(path, value));
  const looks = isReadAnew ? usualLooks(recipe) : {};
  return { recipe, dataset, changes: { ...looks, ...Object.fromEntries(kept) } };
}

/** A setting's recipe as it is, without what was set by hand. */
export function asRecipe({ recipe, dataset }: Setting): Setting {
  return { recipe, dataset, changes: dataset === 'arrays' ? { ...usualLooks(recipe) } : {} };
}

/** The config that a setting stands for. Whether it can be is for `parseConfig` to say, where it is trained. */
export function configOf({ recipe, dataset, changes }: Setting): ExperimentConfig {
  const { model, training, figures, objective, dataset: use } = findRecipe(recipe);
  const base = {
    recipe,
    dataset: { ...use, name: dataset },
    model,
    ...(figures && { figures }),
    ...(objective && { objective }),
    training,
  };
  const set = Object.entries(changes).map(([path, value]) => ({
    path: path.split('.'),
    value: value === null ? undefined : value,
  }));
  const config = withoutGaps(applySettings(base, set, 'the link')) as ExperimentConfig;
  const { beta: _, ...withoutBeta } = config.training;
  // A recipe's beta is for the recipe's kind of model.
  return !isVariational(config.model) && !('training.beta' in changes)
    ? { ...config, training: withoutBeta }
    : config;
}

/**
 * The setting that stands for a config: its recipe, and the fields that differ.
 *
 * @throws `E_UNKNOWN_NAME` for a recipe that there is none of.
 */
export function settingOf(config: ExperimentConfig): Setting {
  // Weights that a run began with are in no setting: what is trained anew here begins with drawn ones.
  const { start: _, ...drawn } = config;
  const { recipe } = config;
  const dataset = config.dataset.name;
  const usual = settingsOf(configOf({ recipe, dataset, changes: {} }));
  const own = new Map(settingsOf(drawn));
  if (config.training.epochs === 0) own.set('training.epochs', usual.get('training.epochs')); // an imported model
  const changes: Record<string, unknown> = {};
  for (const [path, value] of own) if (!isSame(value, usual.get(path))) changes[path] = value;
  // What lies within something that another value has taken the place of is gone with it.
  const isCovered = (path: string) =>
    [...own.keys()].some((other) => path.startsWith(`${other}.`) || other.startsWith(`${path}.`));
  for (const path of usual.keys()) if (!own.has(path) && !isCovered(path)) changes[path] = null;
  return { recipe, dataset, changes };
}

/** What a config has at least. */
const PARTS = [
  ['recipe', 'string'],
  ['dataset', 'object'],
  ['model', 'object'],
  ['training', 'object'],
] as const;

/**
 * The setting that stands for a config as JSON. Whether its fields can be is for `parseConfig` to say.
 *
 * @throws `E_CONFIG` for what is no JSON, or no config at all; `E_UNKNOWN_NAME` for a recipe that there is none of.
 */
export function readConfig(json: string): Setting {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch (error) {
    throw new LatentkitError('E_CONFIG', `this is not JSON: ${(error as Error).message}`);
  }
  const lacks = PARTS.filter(([name, kind]) => {
    const part = valueAt(Object(given), name);
    return part === null || typeof part !== kind;
  }).map(([name]) => name);
  if (lacks.length > 0) {
    throw new LatentkitError(
      'E_CONFIG',
      `a config names its recipe, and has a dataset, a model and a training: here there is no ${lacks.join(', no ')}`,
    );
  }
  if (typeof valueAt(given as object, 'dataset.name') !== 'string') {
    throw new LatentkitError('E_CONFIG', 'the dataset of a config has a name: here there is none');
  }
  return settingOf(given as ExperimentConfig);
}

/** A field of a config by its path. */
export function valueAt(config: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (Object(at) as Record<string, unknown>)[key], config);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Fields that are undefined are fields that are not there. */
function withoutGaps(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, withoutGaps(field)]),
  );
}
