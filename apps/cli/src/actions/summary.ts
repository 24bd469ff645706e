import { DATASETS } from '@latentkit/datasets';
import { imageLooks, modelSpecOf } from '@latentkit/experiment/config';
import { openImages } from '@latentkit/experiment/node';
import { createModel, formatSummary, summarizeModel } from '@latentkit/models';
import { paint, talk } from '@latentkit/terminal';
import type { ModelOptions } from '../options.ts';
import { resolveConfig } from '../resolve-config.ts';

/** Shows a model's layers. */
export async function showSummary({ json, ...options }: ModelOptions & { json?: boolean }): Promise<void> {
  const config = await resolveConfig(options);
  const { shape } =
    options.data === undefined
      ? DATASETS.find(({ name }) => name === config.dataset.name)!
      : (await openImages(options.data, imageLooks(config.dataset))).parts.train;
  const summary = summarizeModel(createModel(modelSpecOf(config, shape)));
  if (!json) talk(`${paint('bold', config.recipe)} for ${config.dataset.name}`);
  process.stdout.write(`${json ? JSON.stringify(summary) : formatSummary(summary)}\n`);
}
