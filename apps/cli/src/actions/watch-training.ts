import { setImmediate } from 'node:timers/promises';
import type { Dataset, Examples } from '@latentkit/core';
import type { ImportReport } from '@latentkit/datasets/import';
import { type ExperimentConfig, importNotes, withSinks } from '@latentkit/experiment';
import type {
  ExperimentEvent,
  ImageFiles,
  LoadDatasetOptions,
  WriteRunOptions,
} from '@latentkit/experiment/node';
import { createDownloadView, printable, runCommand, talk } from '@latentkit/terminal';
import { showJson } from '../output/json-rows.ts';
import { createReadingView } from '../output/reading-view.ts';
import { createRunSinks, type SinkOptions } from '../output/run-sinks.ts';
import { resumeCommand } from '../output/run-talk.ts';
import { createTrainingView } from '../output/training-view.ts';

/** How training is computed and shown, whether it begins or goes on. */
export interface WatchOptions
  extends SinkOptions,
    Pick<WriteRunOptions, 'smoothing' | 'workers' | 'eager' | 'checkpointMinutes'> {
  json?: boolean;
}

/** A run to begin or to go on with. */
export interface WatchedRun {
  config: ExperimentConfig;
  out: string;
  /** What the command line said of the data: to be said again by whoever goes on. */
  files: ImageFiles;
  load(loading: LoadDatasetOptions): Promise<Dataset<Examples>>;
  events(dataset: Dataset<Examples>, options: WriteRunOptions): AsyncIterable<ExperimentEvent>;
}

/**
 * Shows a run as it is trained, and stops it in good order.
 *
 * @param leaves what a stop before training leaves, a sentence.
 * @param open makes ready what the run is written to, and watches it.
 */
export async function watchTraining(
  { json = false, tensorboard, preview, ...computing }: WatchOptions,
  leaves: string,
  open: (watch: (run: WatchedRun) => Promise<void>) => Promise<void>,
): Promise<void> {
  /** "Stopping": then no whole run may come of it. */
  let wasTold = false;
  /** What is left to do is short, and done in spite of a Ctrl-C. */
  let isTrained = false;
  const onStop = (byUser: boolean) => {
    if (isTrained) talk('Training is done: writing figures and report. Press Ctrl-C again to quit at once.');
    else if (byUser) talk('Stopping; press Ctrl-C again to quit at once.');
    else talk('Nobody reads the output any more: stopping.');
    wasTold = !isTrained;
  };
  await runCommand({ json, leaves, onStop }, ({ line, signal, note, stopped }) =>
    open(async ({ config, out, files, load, events }) => {
      const onImport = (report: ImportReport, path: string) => {
        for (const text of importNotes(report, path)) note(text);
      };
      const onReading = createReadingView(line);
      const dataset = await load({ signal, onProgress: createDownloadView(line), onImport, onReading });
      line.clear();
      await setImmediate(); // a Ctrl-C may have come while the digits were drawn
      signal.throwIfAborted();
      const { shape } = dataset.train;
      const { columns } = dataset;
      const show = json
        ? showJson
        : createTrainingView({ config, shape, ...(columns && { columns }), line, tensorboard, files });
      const sinks = await createRunSinks({ tensorboard, preview }, { config, dataset, line, note });
      const onFailure = ({ message }: Error) => note(`${message}. The run goes on without it`);
      let wasStopped = false;
      let isDiscarded = false;
      const run = events(dataset, { ...computing, signal, onNote: note });
      for await (const event of withSinks(run, sinks, { onFailure })) {
        show(event);
        if (event.type === 'epoch') isTrained = event.epoch === config.training.epochs;
        if (event.type === 'end') {
          isTrained = true;
          wasStopped = wasTold || event.reason === 'aborted';
          if (wasTold && event.reason !== 'aborted') break; // it ended by itself just then: no figures, as was said
        }
        if (event.type === 'discarded') isDiscarded = true;
      }
      if (!wasStopped) return;
      stopped(
        isDiscarded
          ? `Stopped before an epoch was done. The run that was in ${printable(out)} is as it was.`
          : `Stopped. The checkpoint and the model so far are in ${printable(out)}\nGo on with it: ${resumeCommand(out, files)}`,
      );
    }),
  );
}
