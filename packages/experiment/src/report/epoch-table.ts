import { termColumns, validationColumn } from '@latentkit/trainers';
import { table } from './html.ts';
import type { ReportContent } from './report-content.ts';
import { fixed, whole, wordsOf } from './words.ts';

/** What only those runs measure that were asked to, and how it is called. */
const OPTIONAL_COLUMNS = { valAveraged: 'val averaged', gradientNorm: 'gradient norm' };

const MANY = 30; // epochs whose rows are folded up

/** A row an epoch, the kept one marked. */
export function epochTable({ history, keptEpoch, terms: said = [] }: ReportContent): string {
  const validated = [...new Set(history.flatMap(termColumns))];
  // A critic's term has no validation.
  const others = said
    .map(({ name }) => name)
    .filter((name) => history.some((row) => row[name] !== undefined));
  const terms = [...new Set([...validated, ...others])];
  const more = Object.entries(OPTIONAL_COLUMNS).filter(([name]) => history.some((row) => name in row));
  const losses = [
    ...['loss', ...terms.map(wordsOf)],
    ...['val loss', ...validated.map((name) => `val ${wordsOf(name)}`)],
    ...more.map(([, words]) => words),
  ];
  const columns = [
    ...['loss', ...terms, 'valLoss', ...validated.map(validationColumn)],
    ...more.map(([name]) => name),
  ];
  const rows = history.map((row) => [
    `${row.epoch}`,
    ...columns.map((column) => fixed(row[column])),
    `${Number(row.learningRate.toPrecision(4))}`,
    row.seconds.toFixed(1),
  ]);
  const mark = history.findIndex(({ epoch }) => epoch === keptEpoch);
  const all = table(['epoch', ...losses, 'learning rate', 'seconds'], rows, { mark });
  return rows.length > MANY
    ? `<details><summary>All ${whole(rows.length)} epochs</summary>${all}</details>`
    : all;
}
