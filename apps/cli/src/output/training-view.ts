import type { StartEvent, StepEvent, TrainingEvent } from '@latentkit/trainers';
import { epochLine } from './epoch-line.ts';
import { paint } from './paint.ts';
import { barLine } from './progress-bar.ts';

const REDRAW_MS = 80;
const ERASE_LINE = '\r\x1b[2K';

export interface TrainingViewOptions {
  /** Draw a live bar: on a terminal. Without it each epoch is one line on stdout. */
  live: boolean;
  now?: () => number;
}

/** Shows training to a person as it goes. */
export function createTrainingView({ live, now = () => performance.now() }: TrainingViewOptions) {
  let run: StartEvent | undefined;
  let started = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let batches = 0;
  let images = 0;

  function drawStep({ epoch, batch, batches: inEpoch, loss, images: size }: StepEvent): void {
    batches++;
    images += size;
    if (!run || now() - drawn < REDRAW_MS) return;
    drawn = now();
    const seconds = Math.max((now() - started) / 1000, 1e-3);
    const left = (run.epochs - epoch + 1) * inEpoch - batch;
    const state = { epoch, epochs: run.epochs, progress: batch / inEpoch, loss };
    const pace = { imagesPerSecond: images / seconds, secondsLeft: (left * seconds) / batches };
    process.stderr.write(ERASE_LINE + barLine({ ...state, ...pace }));
  }

  return (event: TrainingEvent): void => {
    if (event.type === 'start') {
      run = event;
      started = now();
    } else if (event.type === 'step' && live) {
      drawStep(event);
    } else if (event.type === 'epoch') {
      const line = epochLine(event, run?.epochs ?? event.epoch);
      if (live) process.stderr.write(`${ERASE_LINE}${paint('dim', line)}\n`);
      else process.stdout.write(`${line}\n`);
    } else if (event.type === 'end' && live) {
      process.stderr.write(ERASE_LINE);
    }
  };
}
