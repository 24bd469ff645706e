import { checkValue, having } from '@latentkit/core/options';
import type { ModelSummary } from '@latentkit/models';
import type { TermInfo } from '@latentkit/objectives';
import { type MetricsRow, termColumns, validationColumn } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { type DataCounts, describeData, judgesOf } from './describe-data.ts';
import { escapeHtml as text } from './escape-html.ts';
import { REPORT_STYLE } from './report-style.ts';

export interface ReportContent extends DataCounts {
  config: ExperimentConfig;
  summary: ModelSummary;
  history: readonly MetricsRow[];
  /** The epoch whose weights were kept. */
  keptEpoch: number;
  /** Why training ended, for the reader. */
  ending: string;
  figures: readonly FigureResult[];
  /** The kept weights' loss on a test set that did not choose them. */
  testLoss?: number;
  /** What is said of the loss's terms, where it is known. */
  terms?: readonly TermInfo[];
  /** What a script in the run's folder imports `loadRun` from: the package by default. */
  importFrom?: string;
  /** When the run ended, as it is to be shown. */
  finishedAt: string;
  /** What it ran on: versions, machine. */
  environment: Readonly<Record<string, string>>;
}

const contentRule = having('the content of a report', {
  config: 'object',
  summary: 'object',
  history: 'object',
  figures: 'object',
});

/**
 * A run as one HTML page that needs no other file: figures, losses, every setting, and how to use the model. Every name
 * is escaped.
 *
 * @example
 * await writeFile('report.html', writeReport({ config, summary: summarizeModel(model), figures, history, ...rest }));
 */
export function writeReport(content: ReportContent): string {
  checkValue('writeReport', 'content', content, contentRule);
  const { config, summary, history, keptEpoch, ending, figures, finishedAt } = content;
  const kept = history.find(({ epoch }) => epoch === keptEpoch) ?? history.at(-1);
  const chosen = content.choosesByTest ? ' The test images chose the epoch.' : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(config.recipe)} on ${text(config.dataset.name)} - Latentkit</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<header>
<p class="eyebrow">Latentkit report</p>
<h1>${text(config.recipe)} <span>on ${text(config.dataset.name)}</span></h1>
<p>${describeData(content)}. ${text(ending)}${chosen}</p>
</header>
${kept ? tiles(kept, content) : ''}
${figures.map(noteOf).join('')}
${figures.map(figureSection).join('\n')}
${kept && content.terms?.length ? `<section><h2>Loss</h2>${termTable(kept, content.terms, judgesOf(content))}</section>` : ''}
<section><h2>Epochs</h2>${epochTable(history, keptEpoch)}</section>
<section><h2>Model</h2>${modelTable(summary)}</section>
<section><h2>Settings</h2><pre>${text(JSON.stringify(config, null, 2))}</pre></section>
<section><h2>Use it</h2>${usage(content.importFrom)}</section>
<footer>${footer(finishedAt, content.environment)}</footer>
</main>
</body>
</html>
`;
}

// Put together, as the check of this package's imports reads its sources as text.
const importOf = (path: string) => ['import { loadRun }', `'${path}';`].join(' from ');
const PRINT = ['console', 'log'].join('.');
const USAGE = `
const run = await loadRun('.');                      // this folder
const images = run.sample({ count: 16, seed: 1 });   // Float32Array, [16, height, width, channels], 0 to 1
const { mean } = run.encode(images);                 // Float32Array, [16, latentDim]
${PRINT}(images.length, mean.length);`;

function usage(importFrom = '@latentkit/experiment/node'): string {
  const install = importFrom.startsWith('@')
    ? 'With <code>npm i @latentkit/experiment @tensorflow/tfjs-core</code>: save'
    : 'Save';
  return `<p>${install} this as <code>use.mjs</code> in this run's folder, and run <code>node use.mjs</code> there.</p><pre>${text(`${importOf(importFrom)}\n${USAGE}`)}</pre>`;
}

function noteOf(figure: FigureResult): string {
  return 'note' in figure && figure.note ? `<p class="note">${text(figure.note)}</p>` : '';
}

function termTable(row: MetricsRow, terms: readonly TermInfo[], judges: string): string {
  const rows = terms.map(({ name, title, unit, per, weight }) => {
    const words =
      weight === 'reported'
        ? 'reported only'
        : typeof weight === 'number'
          ? `${weight}`
          : JSON.stringify(weight);
    const names = [title, unit, per].map((word) => `<td class="name">${text(word)}</td>`).join('');
    return `<tr>${names}<td class="name">${text(words)}</td><td>${fixed(row[name])}</td><td>${fixed(row[validationColumn(name)])}</td></tr>`;
  });
  return table(['term', 'unit', 'per', 'weight', 'training', judges], rows, 4);
}

function tiles(row: MetricsRow, content: ReportContent): string {
  const { epoch, valLoss, beta } = row;
  const { valReconstruction, valKl } = row;
  const entries = [
    [`${judgesOf(content)} loss`, fixed(valLoss)],
    ...termColumns(row).map((name) => [wordsOf(name), fixed(row[validationColumn(name)])]),
    ...(beta === undefined || row.valKl === undefined ? [] : [['beta', String(beta)]]),
    ...(valReconstruction === undefined || valKl === undefined
      ? []
      : [['ELBO, at beta 1', fixed(-(valReconstruction + valKl))]]),
    ...(content.testLoss === undefined ? [] : [['test loss', fixed(content.testLoss)]]),
    ['epoch kept', `${epoch}`],
    ['seed', `${content.config.training.seed}`],
  ];
  const tile = ([name, value]: string[]) => `<div><dt>${text(name!)}</dt><dd>${text(value!)}</dd></div>`;
  return `<dl class="tiles">${entries.map(tile).join('')}</dl>`;
}

function figureSection(figure: FigureResult): string {
  if ('missing' in figure) {
    return `<section><p class="missing"><b>${text(figure.title)}</b> No figure. ${text(figure.missing)}</p></section>`;
  }
  // As an image, not inline: an SVG's ids and styles then stay its own.
  const source = `data:image/svg+xml;base64,${toBase64(figure.svg)}`;
  return `<section><figure class="${text(figure.name)}"><div class="scroll"><img alt="${text(figure.title)}" src="${source}"></div><figcaption>${text(figure.caption)}</figcaption></figure></section>`;
}

function footer(finishedAt: string, environment: ReportContent['environment']): string {
  const parts = [finishedAt, ...Object.entries(environment).map(([name, value]) => `${name} ${value}`)];
  return parts.map(text).join(' &middot; ');
}

function toBase64(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** A term's column as a reader wants it: `totalCorrelation` as `total correlation`. */
function wordsOf(name: string): string {
  return name === 'kl'
    ? 'KL'
    : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/ kl$/, ' KL');
}

function epochTable(history: readonly MetricsRow[], keptEpoch: number): string {
  const terms = [...new Set(history.flatMap(termColumns))];
  const words = terms.map(wordsOf);
  const losses = ['loss', ...words, 'val loss', ...words.map((word) => `val ${word}`)];
  const titles = ['epoch', ...losses, 'learning rate', 'seconds'];
  const rows = history.map((row) => {
    const cells = [
      row.epoch,
      ...['loss', ...terms, 'valLoss', ...terms.map(validationColumn)].map((column) => fixed(row[column])),
      Number(row.learningRate.toPrecision(4)),
      row.seconds.toFixed(1),
    ];
    const mark = row.epoch === keptEpoch ? ' class="kept"' : '';
    return `<tr${mark}>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return table(titles, rows);
}

function modelTable({
  encoder,
  decoder,
  encoderParameters,
  decoderParameters,
  totalParameters,
}: ModelSummary): string {
  const rows = [...encoder, ...decoder].map(
    ({ name, type, outputShape, parameters }) =>
      `<tr><td class="name">${text(name)}</td><td class="name">${text(type)}</td><td class="name">${text(outputShape)}</td><td>${whole(parameters)}</td></tr>`,
  );
  const total = `${whole(totalParameters)} parameters: encoder ${whole(encoderParameters)}, decoder ${whole(decoderParameters)}.`;
  return `${table(['layer', 'type', 'output', 'parameters'], rows, 3)}<p>${total}</p>`;
}

/** @param names how many of the first columns hold words, not numbers. */
function table(titles: string[], rows: string[], names = 0): string {
  const head = titles
    .map((title, i) => `<th${i < names ? ' class="name"' : ''}>${text(title)}</th>`)
    .join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function whole(value: number): string {
  return value.toLocaleString('en-US');
}

/** Losses span from 0.01 (means over pixels) to 500. */
function fixed(value = Number.NaN): string {
  return Math.abs(value) < 1 ? value.toFixed(5) : value.toFixed(2);
}
