import type { EventSink } from '@latentkit/experiment';
import { createTensorboardSink, type ExperimentEvent } from '@latentkit/experiment/node';
import { type CommandTools, pictureMode } from '@latentkit/terminal';
import { createPreview, type PreviewOptions } from './preview.ts';

/** Who hears of a run beside its own view. */
export interface SinkOptions {
  /** A folder for TensorBoard's event files. */
  tensorboard?: string;
  preview?: boolean;
}

/**
 * The sinks that a command line asks for.
 *
 * @throws `E_IO` when the event files' folder cannot be made.
 */
export async function createRunSinks(
  { tensorboard, preview = false }: SinkOptions,
  { note, ...run }: Omit<PreviewOptions, 'mode'> & Pick<CommandTools, 'note'>,
): Promise<EventSink<ExperimentEvent>[]> {
  const { config, dataset } = run;
  const sinks: EventSink<ExperimentEvent>[] = [];
  if (tensorboard !== undefined) sinks.push(await createTensorboardSink(tensorboard, { config, dataset }));
  if (!preview) return sinks;
  const mode = pictureMode();
  if (mode === 'none') {
    note(
      'No preview: pictures need a terminal on stderr, of Unicode, or one that knows the protocol of kitty or iTerm2',
    );
    return sinks;
  }
  const look = createPreview({ ...run, mode });
  return [
    ...sinks,
    (event) => (event.type === 'written' || event.type === 'discarded' ? undefined : look(event)),
  ];
}
