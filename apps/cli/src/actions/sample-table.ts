import { LatentkitError } from '@latentkit/core';
import { sampleRows } from '@latentkit/experiment';
import { classNumber, loadRun, loadRunImages } from '@latentkit/experiment/node';
import { encodeCsvText } from '@latentkit/formats';
import { writeTogether } from '@latentkit/formats/node';
import { formatCount, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { fitSampler } from '../fit-sampler.ts';
import { imagesOf } from '../image-options.ts';
import type { SampleOptions } from '../sample-options.ts';

const USUAL = 64;

/** Rows of the table that a run's model learned, as CSV: to a file, or else to stdout. */
export async function sampleTable(directory: string, options: SampleOptions): Promise<void> {
  const { out = '-', count = USUAL, seed, label, json = false } = options;
  const named = ['grid', 'around', 'spread', 'fromFile', 'format', 'width', 'scale'] as const;
  const wrong = named.find((name) => options[name] !== undefined);
  if (wrong !== undefined || json) {
    const flag = wrong === 'fromFile' ? '--from-file' : `--${wrong ?? 'json'}`;
    throw new LatentkitError('E_USAGE', `sample: ${flag} is for pictures, and the model is of a table`, {
      fix: 'Rows come as CSV: --count N --seed N --delimiter C --out FILE.csv',
    });
  }
  if (out !== '-' && !/\.[ct]sv$/i.test(out)) {
    throw new LatentkitError(
      'E_USAGE',
      `sample: --out ${out}: the model is of a table: expected a file that ends in .csv or .tsv`,
    );
  }
  await runCommand(
    { json: out === '-', leaves: 'Stopped; nothing was written.' },
    async ({ line, note, signal }) => {
      const run = await loadRun(directory);
      try {
        const which = { ...imagesOf(options), onNote: note, signal };
        const images = () => loadRunImages(run, directory, which);
        const told = label === undefined ? {} : { label: await classNumber(label, images) };
        const fitted = await fitSampler(run, directory, options, which);
        const { columns, rows, decimal } = sampleRows(run, {
          count,
          seed,
          ...told,
          ...(fitted && { from: fitted.sampler }),
        });
        const { dataset } = run.config;
        const asked = options.delimiter ?? (/\.tsv$/i.test(out) ? '\t' : undefined);
        const delimiter = asked ?? (dataset.name === 'arrays' ? dataset.delimiter : undefined);
        const text = encodeCsvText(columns, rows, {
          ...(delimiter !== undefined && { delimiter }),
          decimal: delimiter === ',' ? '.' : decimal,
        });
        line.clear();
        if (out === '-') return void process.stdout.write(text);
        await writeTogether([{ path: out, content: text }]);
        talk(
          `${paint('green', 'Done')}. Wrote ${formatCount(rows.length)} rows to ${paint('bold', printable(out))}`,
        );
      } finally {
        run.dispose();
      }
    },
  );
}
