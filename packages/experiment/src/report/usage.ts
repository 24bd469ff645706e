import { copyable } from './html.ts';
import { isOfTable, type ReportContent } from './report-content.ts';

// Put together, as the check of this package's imports reads its sources as text.
const importOf = (path: string, name = 'loadRun') => [`import { ${name} }`, `'${path}';`].join(' from ');
const PRINT = ['console', 'log'].join('.');
const USAGE = `
const run = await loadRun('.');                      // this folder
const images = run.sample({ count: 16, seed: 1 });   // Float32Array, [16, height, width, channels], 0 to 1
const { mean } = run.encode(images);                 // Float32Array, [16, latentDim]
${PRINT}(images.length, mean.length);`;

const TABLE_USAGE = `
const run = await loadRun('.');                      // this folder
const { columns, rows, latent } = sampleRows(run, { count: 16, seed: 1 });
${PRINT}(columns, rows[0], latent.length);`;

/** How a script in the run's folder uses the model. */
export function usage({ config, importFrom = '@latentkit/experiment/node' }: ReportContent): string {
  const install = importFrom.startsWith('@')
    ? 'With <code>npm i @latentkit/experiment @tensorflow/tfjs-core</code>: save'
    : 'Save';
  const script = isOfTable(config)
    ? `${importOf(importFrom)}\n${importOf(importFrom.replace(/\/node$/, ''), 'sampleRows')}\n${TABLE_USAGE}`
    : `${importOf(importFrom)}\n${USAGE}`;
  return `<p>${install} this as <code>use.mjs</code> in this run's folder, and run <code>node use.mjs</code> there.</p>${copyable(script)}`;
}
