import { checkValue, having } from '@latentkit/core/options';
import type { ModelSummary, SummaryRow } from './summarize-model.ts';

const summaryRule = having(
  'a summary',
  { encoder: 'object', decoder: 'object' },
  'summarizeModel(model) makes one',
);

const number = new Intl.NumberFormat('en-US');

/**
 * A summary as a table for a terminal of 80 columns: each part with its parameters, and its layers below it, with what each puts out for one image.
 *
 * @returns lines joined by newlines, at most as wide as the longest needs, without colours.
 * @example
 * formatSummary(summarizeModel(model));
 * // layer      type         output   parameters
 * // encoder                             403,972
 * //   hidden1  dense, relu  512         401,920
 * // ...
 */
export function formatSummary(summary: ModelSummary): string {
  checkValue('formatSummary', 'summary', summary, summaryRule);
  const table = [
    ['layer', 'type', 'output', 'parameters'],
    partLine('encoder', summary.encoderParameters),
    ...summary.encoder.map(layerLine),
    partLine('decoder', summary.decoderParameters),
    ...summary.decoder.map(layerLine),
    ...summary.parts.flatMap(({ name, rows, parameters }) => [
      partLine(name, parameters),
      ...rows.map(layerLine),
    ]),
    ...(summary.likelihoodParameters > 0 ? [partLine('likelihood', summary.likelihoodParameters)] : []),
    ...(summary.priorParameters > 0 ? [partLine('prior', summary.priorParameters)] : []),
    ...(summary.stateParameters > 0 ? [partLine('moved by no gradient', summary.stateParameters)] : []),
    partLine('total', summary.totalParameters),
  ];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  return table
    .map(([layer, type, output, parameters]) =>
      [
        layer!.padEnd(widths[0]!),
        type!.padEnd(widths[1]!),
        output!.padEnd(widths[2]!),
        parameters!.padStart(widths[3]!),
      ].join('  '),
    )
    .join('\n');
}

function partLine(name: string, parameters: number): string[] {
  return [name, '', '', number.format(parameters)];
}

/** The part's name is dropped, as the part stands above it, and the batch, which all have. */
function layerLine({ name, type, outputShape, parameters }: SummaryRow): string[] {
  const [, ...shape] = outputShape.slice(1, -1).split(', ');
  return [`  ${name.slice(name.indexOf('.') + 1)}`, type, shape.join('x'), number.format(parameters)];
}
