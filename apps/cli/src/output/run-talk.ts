import { join } from 'node:path';
import type { ImageShape } from '@latentkit/core';
import { describeData } from '@latentkit/experiment';
import type { WrittenEvent } from '@latentkit/experiment/node';
import { formatCount, formatDuration, formatLoss, paint, talk } from '@latentkit/terminal';
import type { EndEvent, StartEvent } from '@latentkit/trainers';

/** How large a model is about to be trained, on how many images. */
export function announceRun(shape: ImageShape, event: StartEvent): void {
  const { height, width, channels } = shape;
  const size = `${height} x ${width}${channels === 1 ? '' : ` x ${channels}`}`;
  talk(`${formatCount(event.parameters)} parameters`);
  talk(`${describeData(event)} of ${size}${event.choosesByTest ? '' : '\n'}`);
  if (event.choosesByTest) {
    talk(
      paint('dim', 'The test images choose the epoch; --validation N holds N training images out for it.\n'),
    );
  }
}

/** Which weights the run kept. */
export function tellKept({ history, epoch, reason }: EndEvent, judges: 'validation' | 'test'): void {
  const kept = history.find((row) => row.epoch === epoch);
  const early = reason === 'stoppedEarly' ? ', stopped early' : '';
  talk(
    `\nKept epoch ${epoch} of ${history.length}${early}: ${judges} loss ${formatLoss(kept?.valLoss ?? Number.NaN)}`,
  );
}

/** Where the report is; a pipe gets the run directory as its last line. */
export function tellWritten({ directory, figures, testLoss }: WrittenEvent, seconds: number): void {
  if (testLoss !== undefined) talk(`Test loss ${formatLoss(testLoss)}, on images that chose nothing`);
  for (const figure of figures) {
    if ('missing' in figure) talk(paint('dim', `No figure '${figure.name}': ${figure.missing}`));
  }
  talk(
    `${paint('green', 'Done')} in ${formatDuration(seconds)}. Open ${paint('bold', join(directory, 'report.html'))}`,
  );
  if (!process.stdout.isTTY) process.stdout.write(`${directory}\n`);
}
