import { join } from 'node:path';
import type { ImageShape } from '@latentkit/core';
import type { ExperimentConfig } from '@latentkit/experiment';
import type { WrittenEvent } from '@latentkit/experiment/node';
import { formatCount, formatDuration, formatLoss, paint, talk } from '@latentkit/terminal';
import type { EndEvent, StartEvent } from '@latentkit/trainers';

/** What is about to be trained, on what. */
export function announceRun(
  { recipe, dataset: { name } }: ExperimentConfig,
  shape: ImageShape,
  event: StartEvent,
): void {
  const { height, width, channels } = shape;
  const size = `${height} x ${width}${channels === 1 ? '' : ` x ${channels}`}`;
  const count = (images: number, what: string) => `${formatCount(images)} ${what}`;
  talk(`${paint('bold', recipe)} on ${paint('bold', name)}, ${formatCount(event.parameters)} parameters`);
  talk(
    `${count(event.trainImages, 'training')} and ${count(event.validationImages, 'validation')} images of ${size}\n`,
  );
}

/** Which weights the run kept. */
export function tellKept({ history, epoch, reason }: EndEvent): void {
  const kept = history.find((row) => row.epoch === epoch);
  const early = reason === 'stoppedEarly' ? ', stopped early' : '';
  talk(
    `\nKept epoch ${epoch} of ${history.length}${early}: validation loss ${formatLoss(kept?.valLoss ?? Number.NaN)}`,
  );
}

/** Where the report is; a pipe gets the run directory as its last line. */
export function tellWritten({ directory, figures }: WrittenEvent, seconds: number): void {
  for (const figure of figures) {
    if ('missing' in figure) talk(paint('dim', `No figure '${figure.name}': ${figure.missing}`));
  }
  talk(
    `${paint('green', 'Done')} in ${formatDuration(seconds)}. Open ${paint('bold', join(directory, 'report.html'))}`,
  );
  if (!process.stdout.isTTY) process.stdout.write(`${directory}\n`);
}
