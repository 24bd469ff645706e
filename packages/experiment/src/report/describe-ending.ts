import type { EndEvent } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';

/** Why training ended and which weights were kept, in a sentence for the report. */
export function describeEnding(
  { reason, history, epoch }: Pick<EndEvent, 'reason' | 'history' | 'epoch'>,
  { training }: Pick<ExperimentConfig, 'training'>,
  { isWriting = false }: { isWriting?: boolean } = {},
): string {
  const kept = `the weights are those of epoch ${epoch}`;
  const ran = countEpochs(history.length);
  if (reason === 'aborted') {
    if (isWriting)
      return `Still training, ${history.length} of ${countEpochs(training.epochs)} done; ${kept}.`;
    return `Stopped after ${history.length} of ${countEpochs(training.epochs)}: the model so far; ${kept}.`;
  }
  if (reason !== 'stoppedEarly') return `Trained for ${ran}; ${kept}.`;
  const patience = Math.max(1, training.earlyStopping?.patience ?? 1);
  return `Stopped early after ${ran}, the last ${patience} without a better validation loss; ${kept}.`;
}

function countEpochs(count: number): string {
  return `${count} epoch${count === 1 ? '' : 's'}`;
}
