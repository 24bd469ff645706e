import { type ExperimentEvent, numbersToJson } from '@latentkit/experiment/node';

/**
 * What an event says as a row of NDJSON; undefined for those that are not for readers (each step, the checkpoint's arrays).
 */
export function jsonRow(event: ExperimentEvent): object | undefined {
  switch (event.type) {
    case 'start':
    case 'alarm':
    case 'rewind':
    case 'discarded':
      return event;
    case 'epoch': {
      // What takes time goes before the weights, as it always did.
      const { beta, seconds, ...row } = event;
      return { ...row, seconds, beta };
    }
    case 'end':
      return { type: 'end', reason: event.reason, epoch: event.epoch };
    case 'written': {
      const { directory, figures, fingerprint } = event;
      const missing = figures.filter((figure) => 'missing' in figure);
      return {
        ...{ type: 'written', directory, fingerprint },
        figures: figures.filter((figure) => 'svg' in figure).map(({ name }) => name),
        missing: missing.map(({ name, missing: reason }) => ({ name, reason })),
      };
    }
    default:
      return undefined;
  }
}

/** Writes an event to stdout, for programs; a term of weight 0 may be infinite, which is a text then. */
export function showJson(event: ExperimentEvent): void {
  const row = jsonRow(event);
  if (row) process.stdout.write(`${numbersToJson(row)}\n`);
}
