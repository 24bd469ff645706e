import { checkValue, having } from '@latentkit/core/options';
import type { RunEvaluation } from '../files/evaluation-file.ts';
import { escapeHtml as text } from './escape-html.ts';
import { valueTables } from './value-tables.ts';
import { whole } from './words.ts';

const evaluationRule = having('an evaluation', { metrics: 'object' });

/** What is measured: images, or the rows of a table. */
export function thingsOf(evaluation: Pick<RunEvaluation, 'metrics'>): 'rows' | 'images' {
  checkValue('thingsOf', 'evaluation', evaluation, evaluationRule);
  return evaluation.metrics.some(({ unit }) => unit === 'a row') ? 'rows' : 'images';
}

/** What `evaluate` measured: on what, in all, and by class. */
export function evaluationTables(evaluation: RunEvaluation): string {
  const { of, images, available, samples, metrics, classes = [], missing = [] } = evaluation;
  const isDrawn = metrics.some(({ name }) => name === 'kl'); // the code of a plain autoencoder is a point
  const drawn = isDrawn ? `, ${whole(samples)} latent sample${samples === 1 ? '' : 's'} each` : '';
  const sentence = `On ${images < available ? 'the first ' : ''}${whole(images)} ${of}${drawn}.`;
  const rows = metrics.map(({ better: _, parts: __, ...metric }) => metric);
  const titles = Object.fromEntries(metrics.map(({ name, title }) => [name, title]));
  const byClass = classes.map(({ label, name, images: count, values }) => ({
    class: label === -1 ? 'none' : (name ?? String(label)),
    [thingsOf(evaluation)]: count,
    ...Object.fromEntries(Object.entries(values).map(([key, value]) => [titles[key] ?? key, value])),
  }));
  const classTable = byClass.length < 2 ? '' : `<h3>By class</h3>${valueTables(byClass)}`;
  const inParts = metrics.flatMap(({ title, parts }) =>
    parts ? [`<p>${text(`${title}: ${partsInWords(parts)}.`)}</p>`] : [],
  );
  const lacking = missing.map(({ title, why }) => `<li>${text(`${title}: ${why}`)}</li>`).join('');
  const notMeasured = lacking && `<h3>Not measured</h3><ul>${lacking}</ul>`;
  return `<p>${text(sentence)}</p>${valueTables(rows)}${inParts.join('')}${classTable}${notMeasured}`;
}

/** `z1 3.21, z2 0.02`. */
function partsInWords(parts: Readonly<Record<string, number>>): string {
  return Object.entries(parts)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(', ');
}
