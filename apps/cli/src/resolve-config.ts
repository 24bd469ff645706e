import { didYouMean, LatentkitError, shorten } from '@latentkit/core';
import { requiredFields } from '@latentkit/core/schema';
import { DATASETS, importFields } from '@latentkit/datasets';
import type { ImportSource } from '@latentkit/datasets/import';
import {
  applySettings,
  type ExperimentConfig,
  modelSpecOf,
  type PartialConfig,
  parseConfig,
  parsePartialConfig,
  type Recipe,
  recipes,
} from '@latentkit/experiment/config';
import { createModel } from '@latentkit/models';
import { OBJECTIVES } from '@latentkit/objectives';
import { withFoundSource } from './found-source.ts';
import { NAMES } from './names.ts';
import type { RunOptions } from './options.ts';
import { readConfigFile } from './read-config-file.ts';

/** Kinds whose objectives have no KL with a weight of its own. */
const WITHOUT_BETA: readonly string[] = ['autoencoder', 'vq', 'semiSupervised'];

/**
 * The config of a command line: the recipe, overridden by the file, overridden by flags, `--set` last; every field checked.
 *
 * @param base what stands between the recipe and the file: of a run that is gone on from.
 * @throws `E_UNKNOWN_NAME`, `E_CONFIG`, `E_USAGE` saying which part is wrong.
 */
export async function resolveConfig(asked: RunOptions, base: PartialConfig = {}): Promise<ExperimentConfig> {
  const options = await withFoundSource(asked);
  const { config: path, recipe: recipeFlag, dataset: datasetFlag } = options;
  checkOwnData(options);
  checkName('--recipe', 'recipe', recipeFlag, recipes);
  if (sourceOf(options) === undefined) checkName('--dataset', 'dataset', datasetFlag, DATASETS);
  const own = path === undefined ? undefined : await readConfigFile(path);
  const file = own ? withFile(base, own) : base;
  const { recipe: ofFile } = file;
  // A model from elsewhere may be of no recipe.
  if (recipeFlag === undefined && !('start' in file)) checkName(`${path}: recipe`, 'recipe', ofFile, recipes);
  const {
    name,
    model,
    training,
    dataset: use,
    figures,
    objective: usual,
  } = recipes.find((one) => one.name === (recipeFlag ?? ofFile ?? usualRecipe(options))) ?? recipes[0]!;
  const { beta, objective, set: settings = [] } = options;
  const named = {
    ...withFile({ model, training, ...given({ figures, objective: usual }) }, file),
    ...{
      recipe: name,
      dataset: mergeDataset(file, options, { use, isTable: model.likelihood.type === 'columns' }),
    },
  };
  const where = [path, settings.length > 0 && '--set'].filter(Boolean).join(' with ') || undefined;
  const set = withFlags(named, options);
  parsePartialConfig(set, where ?? 'config');
  const merged = { ...set, ...given({ objective: withType(set.objective) }) };
  const isMeant =
    beta !== undefined ||
    own?.training?.beta !== undefined ||
    settings.some(({ path: at }) => at.join('.') === 'training.beta');
  const weighsItself = merged.objective && (merged.objective.type !== 'elbo' || 'beta' in merged.objective);
  const hasNoKl = WITHOUT_BETA.includes(String(merged.model?.kind));
  if (hasNoKl && beta !== undefined) {
    throw new LatentkitError(
      'E_USAGE',
      `--beta weighs the KL, and a model of kind '${merged.model?.kind}' has none to weigh`,
      {
        fix: 'Leave it out, or choose another --recipe',
      },
    );
  }
  checkDataset(Object(merged.dataset), options);
  if (objective !== undefined) checkWeights(objective, merged.objective ?? { type: objective });
  const { beta: _, ...unweighted } = merged.training ?? {};
  // The beta of a recipe, or of a run that is gone on from, is for the objective of that.
  const isOfOther = !isMeant && (weighsItself || hasNoKl);
  return parseConfig(isOfOther ? { ...merged, training: unweighted } : merged, where);
}

/** A config, or a part of one, as what a file says of it changes it. Nothing is checked. */
export function withFile(config: PartialConfig, file: PartialConfig): PartialConfig {
  return {
    ...config,
    ...file,
    dataset: { ...config.dataset, ...file.dataset },
    model: { ...config.model, ...file.model },
    training: { ...config.training, ...file.training },
  };
}

/** A config, or a part of one, as flags change it: those of single fields, then `--set`. Nothing is checked. */
export function withFlags(config: PartialConfig, options: RunOptions): PartialConfig {
  const { limit, validation, latentDim, objective } = options;
  const { epochs, batchSize, learningRate, seed, beta, arithmetic } = options;
  // The ELBO goes without saying where codes are distributions.
  const unsaid = WITHOUT_BETA.includes(String(config.model?.kind)) ? undefined : OBJECTIVES[0].type;
  const type = config.objective?.type ?? unsaid;
  return applySettings(
    {
      ...config,
      dataset: { ...config.dataset, ...given({ limit, validation, ...looksOf(options) }) },
      model: { ...config.model, ...given({ latentDim }) },
      ...(objective !== undefined && objective !== type && { objective: { type: objective } }),
      training: { ...config.training, ...given({ epochs, batchSize, learningRate, seed, beta, arithmetic }) },
    },
    options.set ?? [],
  );
}

/** Before anything is downloaded: a model that cannot be, or is too large. */
export function checkModel(config: ExperimentConfig): void {
  const dataset = DATASETS.find(({ name }) => name === config.dataset.name);
  if (dataset) createModel(modelSpecOf(config, dataset.shape));
}

/** Numbers of the ELBO need not say that they are: everybody means it. */
function withType(objective: PartialConfig['objective']): PartialConfig['objective'] {
  const names = Object.keys(objective ?? {});
  const [{ type, fields }] = OBJECTIVES;
  const isMeant = names.length > 0 && names.every((name) => name !== 'type' && name in fields.entries);
  return isMeant ? { type, ...objective } : objective;
}

function mergeDataset(
  { dataset = {} }: PartialConfig,
  options: RunOptions,
  { use, isTable }: { use: Recipe['dataset']; isTable: boolean },
): Record<string, unknown> {
  const name = options.data === undefined ? (options.dataset ?? dataset.name ?? DATASETS[0]!.name) : 'arrays';
  const kept = name === dataset.name ? dataset : withoutFiles(dataset);
  const holdsOut = options.validation !== undefined || dataset.validation !== undefined;
  return {
    ...(!holdsOut && usedAs(use, name, options.limit ?? (dataset.limit as number | undefined))),
    ...(isTable && name === 'arrays' && { source: 'table' }),
    ...kept,
    name,
    ...given({ dataDir: options.dataDir }),
  };
}

/** How a recipe uses a dataset: what it holds out of MNIST it holds out of its like, a part as large, and not where images to judge by were made. */
function usedAs(use: Recipe['dataset'], name: unknown, limit: number | undefined): Recipe['dataset'] {
  if (use?.validation === undefined) return use;
  const { validation, ...rest } = use;
  const kind = DATASETS.find((one) => one.name === name);
  if (!kind || kind.validationImages > 0) return rest;
  const share = Math.min((limit ?? kind.trainImages) / kind.trainImages, 1);
  return { ...rest, validation: Math.max(1, Math.round(validation * share)) };
}

/** Where a dataset's files lie, and how files become images, is of no use to another dataset. */
function withoutFiles(dataset: Record<string, unknown>): Record<string, unknown> {
  const ofFiles = ['dataDir', ...Object.keys(importFields)];
  return Object.fromEntries(Object.entries(dataset).filter(([name]) => !ofFiles.includes(name)));
}

/** The first, but of a table the one that reads such. */
function usualRecipe(options: RunOptions): string {
  return sourceOf(options) === 'table' ? 'table' : recipes[0]!.name;
}

/** What alone is to be read of the files of `--data`: said as a dataset's name is. */
function sourceOf({ data, dataset }: RunOptions): ImportSource | undefined {
  return data === undefined ? undefined : NAMES.sources.find((source) => source === dataset);
}

/** What flags are called where they are not called as the config's fields. */
const FLAG_OF: Readonly<Record<string, string>> = {
  labelColumn: 'label-column',
  uses: 'columns',
  source: 'dataset',
};

/** How files become images, as flags say. */
function looksOf(options: RunOptions): Record<string, unknown> {
  const { size, channels, fit, background, labelColumn, columns: uses, missing } = options;
  const { delimiter, decimal, header } = options;
  const ofTables = { uses, missing, delimiter, decimal, header };
  return { source: sourceOf(options), size, channels, fit, background, labelColumn, ...ofTables };
}

/**
 * Images of one's own are of no dataset.
 *
 * @throws `E_USAGE` for flags that do not go together.
 */
export function checkOwnData(options: RunOptions): void {
  const { data, validationData, labels, validationLabels, dataset, dataDir } = options;
  const needs = (flag: string, given: unknown, needed: string, present: unknown) => {
    if (given === undefined || present !== undefined) return;
    const fix = `Name the images with ${needed}`;
    throw new LatentkitError('E_USAGE', `${flag} goes with ${needed}`, { fix });
  };
  needs('--validation-data', validationData, '--data', data);
  needs('--labels', labels, '--data', data);
  for (const [name, value] of Object.entries({ ...looksOf(options), strict: options.strict })) {
    needs(`--${FLAG_OF[name] ?? name}`, value, '--data', data);
  }
  needs('--validation-labels', validationLabels, '--validation-data', validationData);
  if (validationData !== undefined && labels !== undefined) {
    needs('--labels beside --validation-data', labels, '--validation-labels', validationLabels);
  }
  const names = dataset !== undefined && sourceOf(options) === undefined;
  if (data === undefined || !(names || dataDir !== undefined)) return;
  const flag = names ? '--dataset' : '--data-dir';
  throw new LatentkitError('E_USAGE', `--data and ${flag} name two datasets`, {
    fix: `Leave one of them out; with --data, --dataset says what alone to read: ${NAMES.sources.join(', ')}`,
  });
}

function checkDataset(
  { name, dataDir }: { name?: unknown; dataDir?: unknown },
  { config: path, dataDir: flag, data }: RunOptions,
): void {
  if (name === 'arrays' && data === undefined) {
    throw new LatentkitError('E_USAGE', `${path}: dataset.name: arrays are images in a program's memory`, {
      fix: 'Give them as a file with --data, or name a dataset with --dataset',
    });
  }
  if (name !== 'digits' || dataDir === undefined) return;
  const where = flag === undefined ? `${path}: dataset.dataDir` : '--data-dir';
  throw new LatentkitError('E_USAGE', `${where}: the digits are drawn by code and read no files`, {
    fix: 'Leave it out, or name the dataset with --dataset mnist',
  });
}

/** A word alone is no objective where one of its numbers has no default. */
function checkWeights(type: string, objective: object): void {
  const kind = OBJECTIVES.find((one) => one.type === type);
  if (!kind) return;
  // One that is misspelt is told as such, by whom reads the config.
  if (Object.keys(objective).some((name) => name !== 'type' && !(name in kind.fields))) return;
  const [missing] = requiredFields(kind.fields).filter((name) => !(name in objective));
  if (missing === undefined) return;
  throw new LatentkitError('E_USAGE', `--objective ${type} has no default for its ${missing}`, {
    fix: `Choose one: --objective ${type} --set objective.${missing}=...`,
  });
}

function checkName(
  where: string,
  kind: string,
  name: string | undefined,
  known: readonly { name: string }[],
): void {
  const names = known.map((entry) => entry.name);
  if (name === undefined || names.includes(name)) return;
  throw new LatentkitError('E_UNKNOWN_NAME', `${where}: there is no ${kind} '${shorten(name)}'`, {
    fix: didYouMean(name, names),
  });
}

/** The entries that are there. */
function given(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
