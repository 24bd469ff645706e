import { readFile } from 'node:fs/promises';
import { didYouMean, LatentkitError } from '@latentkit/core';
import { datasetCatalog, type ExperimentConfig, findRecipe, parseConfig, recipes } from '@latentkit/experiment';
import type { RunOptions } from './options.ts';

/** A config file: any part of a config. */
type PartialConfig = { recipe?: unknown } & { [Part in 'dataset' | 'model' | 'training']?: Record<string, unknown> };

/**
 * The config of a command line: the recipe, overridden by the file, overridden by flags; every field checked.
 *
 * @throws `E_UNKNOWN_NAME`, `E_CONFIG`, `E_USAGE`, `E_NOT_FOUND` saying which part is wrong.
 */
export async function resolveConfig(options: RunOptions): Promise<ExperimentConfig> {
  const file = options.config === undefined ? {} : await readConfigFile(options.config);
  const name = options.recipe ?? (typeof file.recipe === 'string' ? file.recipe : recipes[0]!.name);
  const recipe = findRecipe(name);
  const dataset = {
    name: checkDatasetName(options.dataset) ?? datasetCatalog[0]!.name,
    ...(options.dataset === undefined && file.dataset),
    ...(options.dataset !== undefined && { ...file.dataset, name: options.dataset }),
    ...given({ dataDir: options.dataDir, limit: options.limit }),
  };
  const { epochs, batchSize, learningRate, beta, seed, latentDim } = options;
  const config = parseConfig(
    {
      ...file,
      recipe: name,
      dataset,
      model: { ...recipe.model, ...file.model, ...given({ latentDim }) },
      training: { ...recipe.training, ...file.training, ...given({ epochs, batchSize, learningRate, seed, beta }) },
    },
    options.config,
  );
  if (config.dataset.name === 'digits' && config.dataset.dataDir !== undefined) {
    throw new LatentkitError('E_USAGE', '--data-dir: the digits are drawn by code and read no files', {
      fix: 'Leave it out, or name the dataset with --dataset mnist',
    });
  }
  return config;
}

function checkDatasetName(name: string | undefined): string | undefined {
  const names = datasetCatalog.map((entry) => entry.name as string);
  if (name === undefined || names.includes(name)) return name;
  throw new LatentkitError('E_UNKNOWN_NAME', `--dataset: there is no dataset '${name}'`, { fix: didYouMean(name, names) });
}

async function readConfigFile(path: string): Promise<PartialConfig> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new LatentkitError('E_NOT_FOUND', `--config: cannot read ${path}`, { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LatentkitError('E_CONFIG', `--config: ${path} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LatentkitError('E_CONFIG', `--config: ${path} must hold a JSON object`);
  }
  return value as PartialConfig;
}

/** The entries that are there. */
function given(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
