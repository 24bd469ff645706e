import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { digestSha256 } from '@latentkit/formats';
import { isThere } from '@latentkit/formats/node';
import { parseEvaluation } from '../files/evaluation-file.ts';
import { parseQuality } from '../files/quality-file.ts';
import { PROJECTION_FILES, PROJECTION_FOLDER, RUN_FILES } from '../files/run-files.ts';
import type { ReportContent } from '../report/write-report.ts';
import { readRunJson } from '../store/read-run-file.ts';
import { runFolder } from './run-folder.ts';

/** What was made of a run after its training: the maps of its codes, and an evaluation. */
export type RunExtras = Pick<ReportContent, 'projections' | 'evaluation'>;

const OLDER_MS = 60_000; // a copy's files are as new as their turn came

/**
 * What was made of a run, but for what is of other weights than its model's (an evaluation names them, maps are older), and files that are
 * damaged or of a newer Latentkit.
 *
 * @param onNote hears what was left out.
 * @throws `E_IO` when the disk refuses.
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
    else extras.projections = await readMaps(run, { onNote });
  }

  const path = join(run, RUN_FILES.evaluation);
  const evaluation = await readOrLeave(run, RUN_FILES.evaluation, { parse: parseEvaluation, onNote });
  if (evaluation) {
    const isOurs = hasModel && evaluation.weights === (await digestSha256(await readFile(model)));
    if (isOurs) extras.evaluation = evaluation;
    else leaveOut(path, `evaluate ${run}`);
  }
  return extras;
}

/** The picture of a run's maps, and how good each is. */
export async function readMaps(
  run: string,
  { onNote = () => {} }: { onNote?: (note: string) => void } = {},
): Promise<NonNullable<RunExtras['projections']>> {
  const name = `${PROJECTION_FOLDER}/${PROJECTION_FILES.quality}`;
  const quality = await readOrLeave(run, name, { parse: parseQuality, onNote });
  return {
    svg: await readFile(join(run, PROJECTION_FOLDER, PROJECTION_FILES.svg), 'utf8'),
    ...(quality && { quality }),
  };
}

/** What a file says, if it is there; what is wrong with one that cannot be read is told. */
async function readOrLeave<Value>(
  run: string,
  name: string,
  { parse, onNote }: { parse: (value: unknown, where: string) => Value; onNote: (note: string) => void },
): Promise<Value | undefined> {
  const files = runFolder(run);
  if (!(await files.has(name))) return undefined;
  try {
    return parse(await readRunJson(files, name), files.pathOf(name));
  } catch (error) {
    if (!(error instanceof LatentkitError && error.code === 'E_FORMAT')) throw error;
    onNote(`${error.message}; it is left out`);
    return undefined;
  }
}

async function ageOf(path: string): Promise<number> {
  return (await stat(path)).mtimeMs;
}
