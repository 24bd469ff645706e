import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestSha256 } from '@latentkit/formats';
import { isThere } from '@latentkit/formats/node';
import { PROJECTION_FILES, PROJECTION_FOLDER, RUN_FILES } from '../files/run-files.ts';
import type { ReportContent } from '../report/write-report.ts';
import { readRunJson } from '../store/read-run-file.ts';
import { runFolder } from './run-folder.ts';

/** What was made of a run after its training: the maps of its codes, and an evaluation. */
export type RunExtras = Pick<ReportContent, 'projections' | 'evaluation'>;

const OLDER_MS = 60_000; // a copy's files are as new as their turn came

/**
 * What was made of a run, but for what is of other weights than its model's: an evaluation names them, maps are older.
 *
 * @param onNote hears what was left out.
 * @throws `E_FORMAT` for files that are not JSON; `E_IO` when the disk refuses.
 */
export async function readExtras(
  run: string,
  { onNote = () => {} }: { onNote?: (note: string) => void } = {},
): Promise<RunExtras> {
  const model = join(run, RUN_FILES.weights);
  const hasModel = await isThere(model);
  const leaveOut = (path: string, command: string) =>
    onNote(`${path} is of other weights than the model's and left out: ${command} makes it anew`);
  const extras: { -readonly [Name in keyof RunExtras]: RunExtras[Name] } = {};

  const maps = join(run, PROJECTION_FOLDER, PROJECTION_FILES.svg);
  if (await isThere(maps)) {
    const isOld = hasModel && (await ageOf(maps)) < (await ageOf(model)) - OLDER_MS;
    if (isOld) leaveOut(maps, `project ${run}`);
    else extras.projections = await readMaps(run);
  }

  const evaluation = join(run, RUN_FILES.evaluation);
  if (await isThere(evaluation)) {
    const {
      weights,
      version: _,
      ...measured
    } = Object(await readRunJson(runFolder(run), RUN_FILES.evaluation));
    const isOurs = hasModel && weights === (await digestSha256(await readFile(model)));
    if (isOurs) extras.evaluation = measured;
    else leaveOut(evaluation, `evaluate ${run}`);
  }
  return extras;
}

/** The picture of a run's maps, and how good each is. */
export async function readMaps(run: string): Promise<NonNullable<RunExtras['projections']>> {
  const folder = join(run, PROJECTION_FOLDER);
  const hasQuality = await isThere(join(folder, PROJECTION_FILES.quality));
  return {
    svg: await readFile(join(folder, PROJECTION_FILES.svg), 'utf8'),
    ...(hasQuality && { quality: await readRunJson(runFolder(folder), PROJECTION_FILES.quality) }),
  };
}

async function ageOf(path: string): Promise<number> {
  return (await stat(path)).mtimeMs;
}
