import { readFile } from 'node:fs/promises';
import { LatentkitError } from '@latentkit/core';
import { describeSettings, type ExperimentConfig, parseSweep, type SweepPlan } from '@latentkit/experiment';
import { modelSpecOf } from '@latentkit/experiment/config';
import type { ImageFiles } from '@latentkit/experiment/node';
import { parseJson } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { resolveConfig } from '../resolve-config.ts';
import { withoutComments } from '../without-comments.ts';
import type { loadTrialData } from './trial-job.ts';

/**
 * What a file says to sweep.
 *
 * @throws `E_NOT_FOUND`; `E_CONFIG` naming what does not fit.
 */
export async function readSweepFile(path: string) {
  const bytes = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' }[cause.code ?? ''];
    throw new LatentkitError('E_NOT_FOUND', `cannot read ${path}: ${reason ?? cause.message}`, {
      fix: 'Name a file that says what to sweep; sweep init writes one',
      cause,
    });
  });
  return parseSweep(parseJson(withoutComments(bytes), path), path);
}

/** What trials have in common: the recipe, and what the file's config changes. */
export async function resolveBase(
  path: string,
  { recipe, config = {} }: ReturnType<typeof parseSweep>,
  data: ImageFiles & { dataDir?: string },
): Promise<ExperimentConfig> {
  try {
    return await resolveConfig({ ...data, ...(recipe !== undefined && { recipe }) }, config);
  } catch (error) {
    if (!(error instanceof LatentkitError)) throw error;
    throw new LatentkitError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}

/** @throws what a model cannot be, naming the settings, before the first is trained. */
export function checkTrials(
  plan: SweepPlan,
  { train, columns }: Awaited<ReturnType<typeof loadTrialData>>['dataset'],
) {
  for (const { settings } of plan.strategy.tasks([])) {
    try {
      createModel(modelSpecOf(plan.configOf(settings), train.shape, columns));
    } catch (error) {
      if (!(error instanceof LatentkitError)) throw error;
      throw new LatentkitError(error.code, `${describeSettings(settings)}: ${error.message}`, {
        cause: error,
      });
    }
  }
}
