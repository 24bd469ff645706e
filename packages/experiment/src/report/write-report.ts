import { checkValue, having } from '@latentkit/core/options';
import { wordingFor } from '@latentkit/evaluation';
import { isVariational, type ModelSummary } from '@latentkit/models';
import type { TermInfo } from '@latentkit/objectives';
import { findAlarms, type MetricsRow, termColumns, validationColumn } from '@latentkit/trainers';
import { differingSettings } from '../compare/compare-settings.ts';
import type { ExperimentConfig } from '../config-schema.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { parseEvaluation, type RunEvaluation } from '../files/evaluation-file.ts';
import { type MapQuality, parseQuality } from '../files/quality-file.ts';
import { recipes } from '../recipes/find-recipe.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { compareFigures } from '../reproduction/compare-figures.ts';
import { type DataCounts, describeData, judgesOf } from './describe-data.ts';
import { describeTradeOff } from './describe-trade-off.ts';
import { escapeHtml as text } from './escape-html.ts';
import { evaluationTables } from './evaluation-tables.ts';
import { glossary } from './glossary.ts';
import { contents, copyable, htmlPage, picture, section, table } from './html.ts';
import { mapQuality } from './map-quality.ts';
import { repeatCommand } from './repeat-command.ts';
import { trainingRows } from './training-table.ts';
import { fixed, whole, wordsOf } from './words.ts';

export interface ReportContent extends DataCounts {
  config: ExperimentConfig;
  summary: ModelSummary;
  history: readonly MetricsRow[];
  /** The epoch whose weights were kept. */
  keptEpoch: number;
  /** Whether training came to its end; true by default. */
  isFinished?: boolean;
  /** Why training ended, for the reader. */
  ending: string;
  figures: readonly FigureResult[];
  /** The kept weights' loss on a test set that did not choose them. */
  testLoss?: number;
  /** What is said of the loss's terms, where it is known. */
  terms?: readonly TermInfo[];
  /** Maps of its codes, where some were made: the picture, and how good each is, as a row a method. */
  projections?: { svg: string; quality?: MapQuality };
  /** What an evaluation measured, where there was one. */
  evaluation?: RunEvaluation;
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
 * A run as one HTML page that needs no other file, for somebody who was not there: how to repeat it, figures and how to read them, losses, times, every
 * setting, how to use the model, and what the words mean. Every name is escaped.
 *
 * @throws `E_USAGE`, `E_FORMAT` for content of another form.
 * @example
 * await writeFile('report.html', writeReport({ config, summary: summarizeModel(model), figures, history, ...rest }));
 */
export function writeReport(content: ReportContent): string {
  checkValue('writeReport', 'content', content, contentRule);
  const { config, summary, history, keptEpoch, ending, figures, projections, evaluation } = content;
  const { recipe, dataset } = config;
  const kept = history.find(({ epoch }) => epoch === keptEpoch) ?? history.at(-1);
  const say = wordingFor(config.model);
  const chosen = content.choosesByTest ? say(' The test images chose the epoch.') : '';
  const sections = [
    section('repeat', 'What was run', whatWasRun(content)),
    section('figures', 'Figures', figures.map(figureOf).join('\n')),
    section('maps', 'Maps of the latent space', projections ? mapsOf(projections, say) : ''),
    section('loss', 'Loss', kept ? lossOf(kept, content) : ''),
    section('training', 'Training', history.length > 0 ? trainingTable(content) : ''),
    section('published', 'As published', publishedTable(content)),
    section(
      'evaluation',
      'Evaluation',
      evaluation === undefined
        ? ''
        : evaluationTables(parseEvaluation(evaluation, 'writeReport: evaluation')),
    ),
    section('epochs', 'Epochs', history.length > 0 ? epochTable(content) : ''),
    section('model', 'Model', modelTable(summary)),
    section('settings', 'Settings', copyable(asJson(config))),
    section('use', 'Use it', usage(content.importFrom, isOfTable(config))),
    section('words', 'Eight words', glossary(say)),
  ].join('\n');
  return htmlPage(
    `${recipe} on ${dataset.name}`,
    `<header>
<p class="eyebrow">Latentkit report</p>
<h1>${text(recipe)} <span>on ${text(dataset.name)}</span></h1>
<p>${describeData(content, { things: say('images') })}. ${text(ending)}${chosen}</p>
</header>
${kept ? tiles(kept, content) : ''}
${alarmsOf(content)}${figures.map(noteOf).join('')}
${contents(sections)}
${sections}
<footer>${footer(content)}</footer>`,
  );
}

function whatWasRun({ config, isFinished = true }: ReportContent): string {
  const { start } = config;
  const begun = start ? startOf(start) : '';
  if (start && config.training.epochs === 0) {
    return `<p>The model was imported from <code>${text(start.from)}</code>, and has not been trained here. This trains it further, in a clone of Latentkit, on images of your own:</p>${copyable('pnpm app:cli train --from . --data IMAGES')}${begun}`;
  }
  const recipe = recipes.find(({ name }) => name === config.recipe);
  const about = recipe ? `<p>${text(sentences(recipe) + changesTo(recipe, config))}</p>` : '';
  const images =
    config.dataset.name === 'arrays'
      ? isOfTable(config)
        ? ' The table that it was made with goes in the place of table.csv.'
        : ' The file of images that it was made with goes in the place of images.npy.'
      : '';
  return `${about}<p>This trains it again, in a clone of Latentkit, to the same weights, bit for bit (<code>pnpm</code> is <code>npx -y pnpm@12</code> where it is not installed):${images}</p>${copyable(`pnpm app:cli ${repeatCommand(config)}`)}${begun}${isFinished ? '' : GOES_ON}`;
}

/** Which weights a run began with. */
function startOf({ from, weights, notes = [] }: NonNullable<ExperimentConfig['start']>): string {
  const taken = notes.map((note) => `<li>${text(note)}</li>`).join('');
  return `<p>Its first weights are those of <code>${text(from)}</code>, SHA-256 <code>${weights}</code>.</p>${taken && `<p>Of these it was not said, or taken for granted:</p><ul>${taken}</ul>`}`;
}

const GOES_ON =
  '<p>It has not come to its end. Where its folder is, <code>train --resume</code> with that folder goes on with it.</p>';

function sentences({ title, notes, source }: Recipe): string {
  const after = source === undefined ? '' : ` After ${source}.`;
  return `${title[0]!.toUpperCase()}${title.slice(1)}.${after} ${notes}`;
}

/** In what a run is not what its recipe says. */
function changesTo({ model, training }: Recipe, config: ExperimentConfig): string {
  const { objective: _, ...rest } = config;
  const settings = differingSettings([{ ...rest, model, training }, config]).filter(
    ({ name }) => name !== 'model.likelihood.columns', // a table's own, and no choice
  );
  if (settings.length === 0) return '';
  const changes = settings.map(({ title, cells: [was, is] }) => `${title} ${is} (${was})`);
  return ` So far the recipe; this run has other settings, those of the recipe in brackets: ${changes.join(', ')}.`;
}

/** What the recipe's source printed, beside what this run came to; nothing for a run that is another one. */
function publishedTable({
  config,
  history,
  keptEpoch,
  trainImages,
  isFinished = true,
}: ReportContent): string {
  const recipe = recipes.find(({ name }) => name === config.recipe);
  const { seed } = config.training;
  const isRecipe = repeatCommand(config) === `train --recipe ${config.recipe} --dataset mnist --seed ${seed}`;
  if (!recipe?.published || !isRecipe) return '';
  const run = { seed, trainImages, rows: history, keptEpoch, isFinished };
  const figures = compareFigures(recipe, [run]);
  const rows = figures.map(({ metric, epoch, value, measured: [ours], within }) => [
    `${COUNTED[metric] ?? wordsOf(metric)}${epoch === undefined ? '' : `, epoch ${epoch}`}`,
    ...[value, ours].map((one) => (one === undefined ? '-' : metric in COUNTED ? whole(one) : fixed(one))),
    within === undefined ? '' : `within ${within}`,
  ]);
  const sources = [...new Set(figures.map(({ source }) => source))].map((source) => `<p>${text(source)}</p>`);
  return (
    table(['figure', 'published', 'this run', 'asked for'], rows, { names: 1, kind: 'pairs' }) +
    sources.join('')
  );
}

/** Figures that are no losses. */
const COUNTED: Readonly<Record<string, string>> = {
  epochs: 'epochs run',
  bestEpoch: 'epoch kept',
  rateChange: 'learning rate cut after epoch',
  stepMilliseconds: 'milliseconds a step',
};

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

const isOfTable = ({ model }: Pick<ExperimentConfig, 'model'>): boolean =>
  model.likelihood.type === 'columns';

function usage(importFrom = '@latentkit/experiment/node', isTable = false): string {
  const install = importFrom.startsWith('@')
    ? 'With <code>npm i @latentkit/experiment @tensorflow/tfjs-core</code>: save'
    : 'Save';
  return `<p>${install} this as <code>use.mjs</code> in this run's folder, and run <code>node use.mjs</code> there.</p>${copyable(isTable ? `${importOf(importFrom)}\n${importOf(importFrom.replace(/\/node$/, ''), 'sampleRows')}\n${TABLE_USAGE}` : `${importOf(importFrom)}\n${USAGE}`)}`;
}

const LINE = 76; // characters

/** JSON whose short parts stand on one line. */
function asJson(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  const isShort = indent !== '' && indent.length + flat.length <= LINE;
  if (isShort || typeof value !== 'object' || value === null) return flat;
  const deeper = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((part) => asJson(part, deeper))
    : Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .map(([name, part]) => `${JSON.stringify(name)}: ${asJson(part, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => deeper + part).join(',\n')}\n${indent}${close}`;
}

function noteOf(figure: FigureResult): string {
  return 'note' in figure && figure.note ? `<p class="note">${text(figure.note)}</p>` : '';
}

/** What went wrong while it was trained, and what to try. */
function alarmsOf({ config: { model, training, objective }, history, trainImages }: ReportContent): string {
  const capacity = objective?.type === 'elbo' ? objective.capacity : undefined;
  const { latentDim } = model;
  return findAlarms(history, {
    latentDim,
    epochs: training.epochs,
    batches: Math.ceil(trainImages / training.batchSize),
    ...(capacity !== undefined && { capacity }),
  })
    .map(
      ({ epoch, message, fix }) => `<p class="note">${text(`After epoch ${epoch}: ${message}. ${fix}.`)}</p>`,
    )
    .join('');
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

function figureOf(figure: FigureResult): string {
  if ('svg' in figure) return picture(figure);
  return `<p class="missing"><b>${text(figure.title)}</b> No figure. ${text(figure.missing)}</p>`;
}

const MAPS = {
  title: 'Maps of the latent space',
  caption: 'The codes of the same images, laid out on the plane by each method.',
  howToRead:
    'Points that are neighbours in the latent space should be neighbours in a map (trustworthiness 1 says that all are); how far apart clusters lie, and how large they are, means little in t-SNE and UMAP.',
};

function mapsOf(
  { svg, quality }: NonNullable<ReportContent['projections']>,
  say: (sentence: string) => string,
): string {
  return (
    picture({ ...MAPS, caption: say(MAPS.caption), svg, name: 'maps' }) +
    (quality === undefined ? '' : mapQuality(parseQuality(quality, 'writeReport: quality')))
  );
}

const NO_PRIOR =
  'A plain autoencoder has no prior, and pays for nothing but its reconstruction. So nothing keeps codes together: nobody knows where to draw one for a new image, and between the codes of images there may be places that decode to none.';

const CODEBOOK =
  "Codes are vectors of a codebook, and so many numbers say which: each vector at most the logarithm of the codebook's size. Which codes go together was not learned, so there is nothing to draw samples from.";

const CRITIC =
  "No KL draws codes to the prior here, but a critic does that learns to tell them from draws of it. Where it cannot, its loss is 2 log 2, 1.386, and the adversary's log 2, 0.693.";

/** What takes the place of a KL, where codes are points. */
function withoutKl({ codebook, prior }: ReportContent['config']['model']): string {
  if (codebook) return CODEBOOK;
  return prior ? CRITIC : NO_PRIOR;
}

function lossOf(row: MetricsRow, { terms = [], ...content }: ReportContent): string {
  const { model } = content.config;
  const tradeOff = isVariational(model) ? describeTradeOff(row) : withoutKl(model);
  const words = tradeOff === undefined ? '' : `<p>${text(wordingFor(model)(tradeOff))}</p>`;
  if (terms.length === 0) return words;
  const rows = terms.map(({ name, title, unit, per, weight }) => [
    ...[
      title,
      unit,
      per,
      weight === 'reported'
        ? 'reported only'
        : typeof weight === 'number'
          ? `${weight}`
          : JSON.stringify(weight),
    ],
    ...[name, validationColumn(name)].map((column) => (row[column] === undefined ? '' : fixed(row[column]))),
  ]);
  return table(['term', 'unit', 'per', 'weight', 'training', judgesOf(content)], rows, { names: 4 }) + words;
}

function trainingTable({ config, history, keptEpoch, trainImages }: ReportContent): string {
  const { epochs } = config.training;
  const things = wordingFor(config.model)('images');
  return table(['measure', 'value'], trainingRows(history, { keptEpoch, epochs, trainImages, things }), {
    names: 1,
    kind: 'pairs',
  });
}

function footer({ finishedAt, environment }: ReportContent): string {
  const parts = [finishedAt, ...Object.entries(environment).map(([name, value]) => `${name} ${value}`)];
  return parts.map(text).join(' &middot; ');
}

/** What only those runs measure that were asked to, and how it is called. */
const OPTIONAL_COLUMNS = { valAveraged: 'val averaged', gradientNorm: 'gradient norm' };

const MANY = 30; // epochs whose rows are folded up

function epochTable({ history, keptEpoch, terms: said = [] }: ReportContent): string {
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

function modelTable({
  encoder,
  decoder,
  encoderParameters,
  decoderParameters,
  totalParameters,
}: ModelSummary): string {
  const rows = [...encoder, ...decoder].map(({ name, type, outputShape, parameters }) => [
    ...[name, type, outputShape],
    whole(parameters),
  ]);
  const total = `${whole(totalParameters)} parameters: encoder ${whole(encoderParameters)}, decoder ${whole(decoderParameters)}.`;
  return `${table(['layer', 'type', 'output', 'parameters'], rows, { names: 3 })}<p>${total}</p>`;
}
