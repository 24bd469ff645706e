import { evaluateRun, numbersToJson, RUN_FILES } from '@latentkit/experiment/node';
import { writeAtomically } from '@latentkit/formats/node';
import { createDownloadView, formatDuration, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { type ImageOptions, imagesOf } from '../image-options.ts';
import { toFile } from '../out-folder.ts';
import { showEvaluation } from '../output/evaluation-table.ts';

export interface EvaluateOptions extends ImageOptions {
  samples: number;
  seed?: number;
  limit?: number;
  workers?: number;
  out?: string;
  json?: boolean;
}

/** Measures, shows and writes. */
export async function evaluate(
  run: string,
  { samples, seed, limit, workers, out, json = false, ...options }: EvaluateOptions,
): Promise<void> {
  const started = performance.now();
  const isPrinted = json || out === '-';
  await runCommand({ json: isPrinted, leaves: 'Stopped; nothing was written.' }, ({ line, signal, note }) =>
    toFile({ out, run, name: RUN_FILES.evaluation }, async (file) => {
      const evaluation = await evaluateRun(run, {
        ...imagesOf(options),
        ...{ samples, seed, limit, workers, signal },
        onDownload: createDownloadView(line),
        onNote: note,
        onProgress: (fraction) => line.update(() => `Measuring ${Math.floor(100 * fraction)}%`),
      });
      line.clear();
      const text = `${numbersToJson(evaluation, 2)}\n`;
      if (file !== undefined) await writeAtomically(file, text);
      if (isPrinted) process.stdout.write(text);
      else showEvaluation(evaluation);
      const seconds = formatDuration((performance.now() - started) / 1000);
      const where = file === undefined ? '' : ` Wrote ${paint('bold', printable(file))}`;
      talk(`${isPrinted ? '' : '\n'}${paint('green', 'Done')} in ${seconds}.${where}`);
    }),
  );
}
