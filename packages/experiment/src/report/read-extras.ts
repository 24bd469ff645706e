import { LatentkitError } from '@latentkit/core';
import { digestSha256 } from '@latentkit/formats';
import { parseEvaluation } from '../files/evaluation-file.ts';
import { parseQuality } from '../files/quality-file.ts';
import { PROJECTION_FILES, PROJECTION_FOLDER, RUN_FILES } from '../files/run-files.ts';
import { readRunFile, readRunJson } from '../store/read-run-file.ts';
import type { RunFiles } from '../store/run-store.ts';
import type { ReportContent } from './report-content.ts';

/** What was made of a run after its training: the maps of its codes, and an evaluation. */
export type RunExtras = Pick<ReportContent, 'projections' | 'evaluation'>;

type OnNote = (note: string) => void;

const OLDER_MS = 60_000; // a copy's files are as new as their turn came
const MAPS = `${PROJECTION_FOLDER}/${PROJECTION_FILES.svg}`;

/**
 * What was made of a run, but for what is of other weights than its model's (an evaluation names them, maps are older), and files that are
 * damaged or of a newer Latentkit.
 *
 * @param onNote hears what was left out.
 * @throws `E_IO` when the disk refuses.
 */
export async function readExtras(
  files: RunFiles,
  { onNote = () => {} }: { onNote?: OnNote | undefined } = {},
): Promise<RunExtras> {
  const hasModel = await files.has(RUN_FILES.weights);
  const leaveOut = (name: string, command: string) =>
    onNote(
      `${files.pathOf(name)} is of other weights than the model's and left out: ${command} ${files.where} makes it anew`,
    );
  const extras: { -readonly [Name in keyof RunExtras]: RunExtras[Name] } = {};

  const [maps, model] = await Promise.all([writtenAt(files, MAPS), writtenAt(files, RUN_FILES.weights)]);
  if (maps !== undefined) {
    if (model !== undefined && maps < model - OLDER_MS) leaveOut(MAPS, 'project');
    else extras.projections = await readMaps(files, { onNote });
  }

  const evaluation = await readOrLeave(files, RUN_FILES.evaluation, { parse: parseEvaluation, onNote });
  if (evaluation) {
    const isOurs =
      hasModel && evaluation.weights === (await digestSha256(await readRunFile(files, RUN_FILES.weights)));
    if (isOurs) extras.evaluation = evaluation;
    else leaveOut(RUN_FILES.evaluation, 'evaluate');
  }
  return extras;
}

/** The picture of a run's maps, and how good each is. */
export async function readMaps(
  files: RunFiles,
  { onNote = () => {} }: { onNote?: OnNote | undefined } = {},
): Promise<NonNullable<RunExtras['projections']>> {
  const name = `${PROJECTION_FOLDER}/${PROJECTION_FILES.quality}`;
  const quality = await readOrLeave(files, name, { parse: parseQuality, onNote });
  return {
    svg: new TextDecoder().decode(await readRunFile(files, MAPS)),
    ...(quality && { quality }),
  };
}

/** What a file says, if it is there; what is wrong with one that cannot be read is told. */
async function readOrLeave<Value>(
  files: RunFiles,
  name: string,
  { parse, onNote }: { parse: (value: unknown, where: string) => Value; onNote: OnNote },
): Promise<Value | undefined> {
  if (!(await files.has(name))) return undefined;
  try {
    return parse(await readRunJson(files, name), files.pathOf(name));
  } catch (error) {
    if (!(error instanceof LatentkitError && error.code === 'E_FORMAT')) throw error;
    onNote(`${error.message}; it is left out`);
    return undefined;
  }
}

async function writtenAt(files: RunFiles, name: string): Promise<number | undefined> {
  return (await files.list([name]))[0]?.modified;
}
