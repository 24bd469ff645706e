import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '@latentkit/formats/node';
import type { ReportContent } from '../report/write-report.ts';
import { readRunJson } from './read-run-file.ts';
import { PROJECTION_FILES, PROJECTION_FOLDER, RUN_FILES } from './run-files.ts';

/** What was made of a run after its training: the maps of its codes, and an evaluation. */
export type RunExtras = Pick<ReportContent, 'projections' | 'evaluation'>;

const OLDER_MS = 60_000; // a copy's files are as new as their turn came

/**
 * What was made of a run, but for what is older than its model: that is of other weights.
 *
 * @param onNote hears what was left out.
 * @throws `E_FORMAT` for files that are not JSON; `E_IO` when the disk refuses.
 */
export async function readExtras(
  run: string,
  { onNote = () => {} }: { onNote?: (note: string) => void } = {},
): Promise<RunExtras> {
  const model = join(run, RUN_FILES.weights);
  const modelAge = (await isThere(model)) ? await ageOf(model) : 0;
  const isOurs = async (path: string, command: string) => {
    if (!(await isThere(path))) return false;
    if ((await ageOf(path)) > modelAge - OLDER_MS) return true;
    onNote(`${path} is older than the model and left out: ${command} makes it anew`);
    return false;
  };
  const hasMaps = await isOurs(join(run, PROJECTION_FOLDER, PROJECTION_FILES.svg), `project ${run} --force`);
  const hasEvaluation = await isOurs(join(run, RUN_FILES.evaluation), `evaluate ${run}`);
  return {
    ...(hasMaps && { projections: await readMaps(run) }),
    ...(hasEvaluation && { evaluation: await readRunJson(run, RUN_FILES.evaluation) }),
  };
}

/** The picture of a run's maps, and how good each is. */
export async function readMaps(run: string): Promise<NonNullable<RunExtras['projections']>> {
  const folder = join(run, PROJECTION_FOLDER);
  const hasQuality = await isThere(join(folder, PROJECTION_FILES.quality));
  return {
    svg: await readFile(join(folder, PROJECTION_FILES.svg), 'utf8'),
    ...(hasQuality && { quality: await readRunJson(folder, PROJECTION_FILES.quality) }),
  };
}

async function ageOf(path: string): Promise<number> {
  return (await stat(path)).mtimeMs;
}
