import { DATASETS } from '@latentkit/datasets';
import { type ExperimentConfig, imageLooks, modelSpecOf } from '@latentkit/experiment/config';
import { openImages } from '@latentkit/experiment/node';
import { createModel, formatSummary, type ModelSpec, summarizeModel } from '@latentkit/models';
import { paint, talk } from '@latentkit/terminal';
import type { ModelOptions } from '../options.ts';
import { resolveConfig } from '../resolve-config.ts';

/** Shows a model's layers. */
export async function showSummary({ json, ...options }: ModelOptions & { json?: boolean }): Promise<void> {
  const config = await resolveConfig(options);
  const summary = summarizeModel(createModel(await specOf(config, options.data)));
  if (!json) talk(`${paint('bold', config.recipe)} for ${config.dataset.name}`);
  process.stdout.write(`${json ? JSON.stringify(summary) : formatSummary(summary)}\n`);
}

async function specOf(config: ExperimentConfig, data: string | undefined): Promise<ModelSpec> {
  if (data === undefined)
    return modelSpecOf(config, DATASETS.find(({ name }) => name === config.dataset.name)!.shape);
  const { parts, columns } = await openImages(data, imageLooks(config.dataset));
  return modelSpecOf(config, parts.train.shape, columns);
}
