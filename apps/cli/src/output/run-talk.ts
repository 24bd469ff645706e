import { dirname, join } from 'node:path';
import type { Dataset, ImageShape } from '@latentkit/core';
import { describeData } from '@latentkit/experiment';
import { type ImageFiles, RUN_FILES, type WrittenEvent } from '@latentkit/experiment/node';
import {
  formatCount,
  formatDuration,
  formatLoss,
  paint,
  printable,
  quoteArgument,
  talk,
  unbroken,
} from '@latentkit/terminal';
import type { EndEvent, StartEvent } from '@latentkit/trainers';
import { commandToPaste } from '../program-name.ts';

/** How large a model is about to be trained, on how many images. */
export function announceRun(
  { shape, columns }: { shape: ImageShape } & Pick<Dataset, 'columns'>,
  event: StartEvent,
  isOneOfMany: boolean,
): void {
  const { height, width, channels } = shape;
  const size = columns
    ? `${formatCount(columns.length)} column${columns.length === 1 ? '' : 's'}`
    : `${height} x ${width}${channels === 1 ? '' : ` x ${channels}`}`;
  talk(`${formatCount(event.parameters)} parameters`);
  if (event.resumes) talk(`Goes on ${describePlace(event.resumes, event.batches)}`);
  const things = columns ? 'rows' : 'images';
  talk(`${describeData(event, { things })} of ${size}${event.choosesByTest ? '' : '\n'}`);
  if (event.choosesByTest) {
    const instead = isOneOfMany ? '' : `; --validation N holds N training ${things} out for it`;
    talk(paint('dim', `The test ${things} choose the epoch${instead}.\n`));
  }
}

function describePlace({ epoch, batch }: NonNullable<StartEvent['resumes']>, batches: number): string {
  if (batch === 0) return `after epoch ${formatCount(epoch)}`;
  return `in epoch ${formatCount(epoch + 1)}, after batch ${formatCount(batch)} of ${formatCount(batches)}`;
}

/** Which weights the run kept. */
export function tellKept({ history, epoch, reason }: EndEvent, judges: 'validation' | 'test'): void {
  const kept = history.find((row) => row.epoch === epoch);
  const early = reason === 'stoppedEarly' ? ', stopped early' : '';
  talk(
    `\nKept epoch ${epoch} of ${history.length}${early}: ${judges} loss ${formatLoss(kept?.valLoss ?? Number.NaN)}`,
  );
}

/** What an ended run leaves to look at. */
export interface Ended {
  seconds: number;
  /** Whether to tell all; a log, and a run among many, get one line. */
  isTold: boolean;
  /** Where event files are, if anywhere. */
  tensorboard?: string | undefined;
  /** Images of one's own, if it has such. */
  files?: ImageFiles | undefined;
}

/** Where the report is, and what to do next; a pipe gets the run directory as its last line. */
export function tellWritten({ directory, figures, fingerprint, testLoss }: WrittenEvent, ended: Ended): void {
  const { seconds, isTold } = ended;
  if (testLoss !== undefined) talk(`Test loss ${formatLoss(testLoss)}, on images that chose nothing`);
  for (const figure of figures) {
    if ('missing' in figure) talk(paint('dim', `No figure '${figure.name}': ${figure.missing}`));
  }
  const done = `${paint('green', 'Done')} in ${formatDuration(seconds)}, weights ${fingerprint.slice(0, 8)}`;
  if (isTold) {
    talk(`${done}\n`);
    for (const [what, name] of PLACES)
      talk(`  ${what.padEnd(WHAT_WIDTH)}${paint('bold', printable(join(directory, name)))}`);
    talk(`\n${paint('dim', 'Look further:')}`);
    for (const command of nextCommands(directory, ended)) talk(`  ${command}`);
  } else talk(`${done}. Open ${paint('bold', printable(join(directory, RUN_FILES.report)))}`);
  if (!process.stdout.isTTY) process.stdout.write(`${directory}\n`);
}

const PLACES = [
  ['report', RUN_FILES.report],
  ['model', RUN_FILES.weights],
  ['checkpoint', dirname(RUN_FILES.checkpoint)], // the file's name would need another line
  ['metrics', RUN_FILES.table],
] as const;
const WHAT_WIDTH = 12;
/** Commands over a run, of whatever kind its model is, that show what its report does not. The last puts theirs in it. */
export const NEXT = ['evaluate', 'traverse', 'project', 'report'] as const;

/** What goes on with a run that was stopped, to paste; images of one's own are named again. */
export function resumeCommand(directory: string, files: ImageFiles): string {
  return commandToPaste('train --resume', quoteArgument(directory), ...flagsOf(files));
}

/** To paste; images of one's own are named again: those that the run was judged by, and of a report all. */
function nextCommands(directory: string, { files = {}, tensorboard }: Ended): string[] {
  const { validationData, validationLabels } = files;
  const { data, labels } =
    validationData === undefined ? files : { data: validationData, labels: validationLabels };
  const run = quoteArgument(directory);
  return [
    ...NEXT.map((name) =>
      commandToPaste(name, run, ...flagsOf(name === 'report' ? files : { data, labels })),
    ),
    ...(tensorboard === undefined ? [] : [unbroken(`tensorboard --logdir ${quoteArgument(tensorboard)}`)]),
  ];
}

function flagsOf({ data, labels, validationData, validationLabels }: ImageFiles): string[] {
  const files = {
    data,
    labels,
    'validation-data': validationData,
    'validation-labels': validationLabels,
  };
  return Object.entries(files).flatMap(([name, path]) =>
    path === undefined ? [] : [`--${name} ${quoteArgument(path)}`],
  );
}
