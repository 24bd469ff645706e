import { checkValue, having } from '@latentkit/core/options';
import { wordingFor } from '@latentkit/evaluation';
import type { ModelSummary } from '@latentkit/models';
import { findAlarms, type MetricsRow, termColumns, validationColumn } from '@latentkit/trainers';
import { negativeElboOfRow } from '../elbo-of-row.ts';
import type { FigureResult } from '../figures/figure-result.ts';
import { parseEvaluation } from '../files/evaluation-file.ts';
import { parseQuality } from '../files/quality-file.ts';
import { describeData, judgesOf } from './describe-data.ts';
import { epochTable } from './epoch-table.ts';
import { escapeHtml as text } from './escape-html.ts';
import { evaluationTables } from './evaluation-tables.ts';
import { glossary } from './glossary.ts';
import { contents, copyable, htmlPage, picture, section, table } from './html.ts';
import { lossTable } from './loss-table.ts';
import { mapQuality } from './map-quality.ts';
import { publishedTable } from './published-table.ts';
import type { ReportContent } from './report-content.ts';
import { shortJson } from './short-json.ts';
import { trainingRows } from './training-table.ts';
import { usage } from './usage.ts';
import { whatWasRun } from './what-was-run.ts';
import { fixed, whole, wordsOf } from './words.ts';

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
    section('loss', 'Loss', kept ? lossTable(kept, content) : ''),
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
    section('settings', 'Settings', copyable(shortJson(config))),
    section('use', 'Use it', usage(content)),
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

function noteOf(figure: FigureResult): string {
  return 'note' in figure && figure.note ? `<p class="note">${text(figure.note)}</p>` : '';
}

/** What went wrong while it was trained, and what to try. */
function alarmsOf({ config: { model, training, objective }, history, trainImages }: ReportContent): string {
  const capacity = objective?.type === 'elbo' ? objective.capacity : undefined;
  return findAlarms(history, {
    latentDim: model.latentDim,
    upperDim: model.upper?.latentDim,
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
  const negativeElbo = negativeElboOfRow(row);
  const entries = [
    [`${judgesOf(content)} loss`, fixed(valLoss)],
    ...termColumns(row).map((name) => [wordsOf(name), fixed(row[validationColumn(name)])]),
    ...(beta === undefined || row.valKl === undefined ? [] : [['beta', String(beta)]]),
    ...(negativeElbo === undefined ? [] : [['ELBO, at beta 1', fixed(-negativeElbo)]]),
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

function modelTable({
  encoder,
  decoder,
  encoderParameters,
  decoderParameters,
  parts,
  likelihoodParameters,
  priorParameters,
  totalParameters,
}: ModelSummary): string {
  const rows = [...encoder, ...decoder, ...parts.flatMap((part) => part.rows)].map(
    ({ name, type, outputShape, parameters }) => [...[name, type, outputShape], whole(parameters)],
  );
  const shares = [
    ...[`encoder ${whole(encoderParameters)}`, `decoder ${whole(decoderParameters)}`],
    ...parts.map(({ name, parameters }) => `${name} ${whole(parameters)}`),
    ...(likelihoodParameters > 0 ? [`likelihood ${whole(likelihoodParameters)}`] : []),
    ...(priorParameters > 0 ? [`prior ${whole(priorParameters)}`] : []),
  ];
  const total = `${whole(totalParameters)} parameters: ${shares.join(', ')}.`;
  return `${table(['layer', 'type', 'output', 'parameters'], rows, { names: 3 })}<p>${total}</p>`;
}
