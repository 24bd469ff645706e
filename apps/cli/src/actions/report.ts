import { setImmediate } from 'node:timers/promises';
import { loadRunDataset, RUN_FILES, reportRun } from '@latentkit/experiment/node';
import { createDownloadView, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { toFile } from '../out-folder.ts';
import { type RunDataOptions, runDataOf } from '../run-data-options.ts';

export interface ReportOptions extends RunDataOptions {
  smoothing?: number;
  out?: string;
  json?: boolean;
}

/** Draws a run's report anew. */
export async function report(run: string, options: ReportOptions): Promise<void> {
  const { smoothing, out, json } = options;
  await runCommand({ json, leaves: 'Stopped; the report is as it was.' }, ({ line, signal, note }) =>
    toFile({ out, run, name: RUN_FILES.report }, async () => {
      const dataset = await loadRunDataset(run, {
        ...runDataOf(options),
        ...{ signal, onProgress: createDownloadView(line) },
      });
      line.draw(paint('dim', 'Drawing figures'));
      await setImmediate(); // a Ctrl-C may have come while images were drawn
      signal.throwIfAborted();
      const written = await reportRun(run, { dataset, smoothing, out, onNote: note });
      line.clear();
      const { figures, ...rest } = written;
      const names = figures.filter((figure) => 'svg' in figure).map(({ name }) => name);
      if (json) {
        process.stdout.write(`${JSON.stringify({ ...rest, figures: names })}\n`);
        return;
      }
      for (const figure of figures) {
        if ('missing' in figure) talk(paint('dim', `No figure '${figure.name}': ${figure.missing}`));
      }
      if (rest.state !== 'finished') {
        const why = rest.state === 'writing' ? 'is being written' : 'was stopped';
        note(
          `the run ${why}: this is the model so far, after ${rest.epochs} epoch${rest.epochs === 1 ? '' : 's'}`,
        );
      }
      talk(`${paint('green', 'Done')}. Open ${paint('bold', printable(rest.report))}`);
      if (!process.stdout.isTTY) process.stdout.write(`${rest.report}\n`);
    }),
  );
}
