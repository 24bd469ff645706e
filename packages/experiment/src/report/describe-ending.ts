import type { EndEvent } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';

/** Why training ended and which weights were kept, in a sentence for the report. */
export function describeEnding(
  { reason, history, epoch }: Pick<EndEvent, 'reason' | 'history' | 'epoch'>,
  { training, start }: Pick<ExperimentConfig, 'training' | 'start'>,
  { isWriting = false }: { isWriting?: boolean } = {},
): string {
  if (start && training.epochs === 0) return `Imported from ${start.from}, and not trained here.`;
  const kept = `the weights are those of epoch ${epoch}`;
  const ran = countEpochs(history.length);
  const from = start ? ` from the weights of ${start.from} on` : '';
  if (reason === 'aborted') {
    if (isWriting)
      return `Still training, ${history.length} of ${countEpochs(training.epochs)} done; ${kept}.`;
    return `Stopped after ${history.length} of ${countEpochs(training.epochs)}${from}: the model so far; ${kept}.`;
  }
  if (reason !== 'stoppedEarly') return `Trained for ${ran}${from}; ${kept}.`;
  const patience = Math.max(1, training.earlyStopping?.patience ?? 1);
  return `Stopped early after ${ran}${from}, the last ${patience} without a better validation loss; ${kept}.`;
}

function countEpochs(count: number): string {
  return `${count} epoch${count === 1 ? '' : 's'}`;
}
