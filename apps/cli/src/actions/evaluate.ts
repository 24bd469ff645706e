import { evaluateRun, numbersToJson, RUN_FILES } from '@latentkit/experiment/node';
import { writeAtomically } from '@latentkit/formats/node';
import { createDownloadView, formatDuration, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { type ImageOptions, imagesOf } from '../image-options.ts';
import { toFile } from '../out-folder.ts';
import { listMetrics, showEvaluated, showMetric, showRest } from '../output/evaluation-table.ts';

export interface EvaluateOptions extends ImageOptions {
  metrics?: readonly string[] | 'default' | 'all' | 'list';
  samples?: number;
  seed?: number;
  outliers?: string;
  limit?: number;
  workers?: number;
  out?: string;
  json?: boolean;
}

/** Measures, shows and writes; or says what can be measured. */
export async function evaluate(
  run: string,
  { metrics, samples, seed, outliers, limit, workers, out, json = false, ...options }: EvaluateOptions,
): Promise<void> {
  if (metrics === 'list') return listMetrics();
  const started = performance.now();
  const isPrinted = json || out === '-';
  await runCommand({ json: isPrinted, leaves: 'Stopped; nothing was written.' }, ({ line, signal, note }) =>
    toFile({ out, run, name: RUN_FILES.evaluation }, async (file) => {
      const evaluation = await evaluateRun(run, {
        ...imagesOf(options),
        ...{ metrics, samples, seed, outliers, limit, workers, signal },
        onDownload: createDownloadView(line),
        onNote: note,
        ...(!isPrinted && {
          onStart: showEvaluated,
          onMetric(event) {
            line.clear();
            showMetric(event, { isNamed: Array.isArray(metrics) });
          },
        }),
        onProgress: (fraction) => line.update(() => `Measuring ${Math.floor(100 * fraction)}%`),
      });
      line.clear();
      const text = `${numbersToJson(evaluation, 2)}\n`;
      if (file !== undefined) await writeAtomically(file, text);
      if (isPrinted) process.stdout.write(text);
      else showRest(evaluation);
      const seconds = formatDuration((performance.now() - started) / 1000);
      const where = file === undefined ? '' : ` Wrote ${paint('bold', printable(file))}`;
      talk(`${isPrinted ? '' : '\n'}${paint('green', 'Done')} in ${seconds}.${where}`);
    }),
  );
}
