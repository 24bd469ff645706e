import type { ModelSummary, SummaryRow } from './summarize-model.ts';

const number = new Intl.NumberFormat('en-US');

/**
 * A summary as a table for a terminal.
 *
 * @example
 * formatSummary(summarizeModel(model));
 */
export function formatSummary(summary: ModelSummary): string {
  const rows = [...summary.encoder, ...summary.decoder].map(cells);
  const header = ['layer', 'type', 'output', 'parameters'];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 3 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  ');
  const rule = '-'.repeat(widths.reduce((total, width) => total + width + 2, -2));
  const encoder = rows.slice(0, summary.encoder.length);
  const decoder = rows.slice(summary.encoder.length);
  const total = (name: string, count: number) => `${name.padEnd(10)}${number.format(count).padStart(12)}`;
  return [
    line(header),
    rule,
    ...encoder.map(line),
    rule,
    ...decoder.map(line),
    rule,
    total('encoder', summary.encoderParameters),
    total('decoder', summary.decoderParameters),
    ...(summary.likelihoodParameters > 0 ? [total('likelihood', summary.likelihoodParameters)] : []),
    total('total', summary.totalParameters),
  ].join('\n');
}

function cells({ name, type, outputShape, parameters }: SummaryRow): string[] {
  return [name, type, outputShape, number.format(parameters)];
}
