import { checkValue, having } from '@latentkit/core/options';
import { plotRunCurves } from '@latentkit/figures';
import type { MetricsRow } from '@latentkit/trainers';
import type { ComparedRow } from '../compare/compare-settings.ts';
import type { ExperimentConfig } from '../config-schema.ts';
import { escapeHtml as text } from './escape-html.ts';
import { contents, copyable, htmlPage, picture, section, table } from './html.ts';
import { repeatCommand } from './repeat-command.ts';
import { duration, fixed, whole, wordsOf } from './words.ts';

/** What a page of runs beside each other is made of: what `compareRuns` gives. */
export interface ComparisonContent {
  readonly runs: readonly {
    readonly name: string;
    readonly config: ExperimentConfig;
    readonly history: readonly MetricsRow[];
    readonly keptEpoch: number;
    readonly reconstructions?: string;
    readonly samples?: string;
  }[];
  readonly settings: readonly ComparedRow<unknown>[];
  readonly measures: readonly ComparedRow<number>[];
}

const contentRule = having('what compareRuns gives', {
  runs: 'object',
  settings: 'object',
  measures: 'object',
});

/**
 * Runs beside each other as one HTML page that needs no other file: the settings that differ, losses, curves over each other, what
 * each makes of the same images and the same random numbers, and the commands that repeat them. Every name is escaped.
 *
 * @example
 * await writeFile('compare.html', comparisonPage(await compareRuns(['runs/one', 'runs/other'], { dataset })));
 */
export function comparisonPage(content: ComparisonContent): string {
  checkValue('comparisonPage', 'content', content, contentRule);
  const { runs, settings, measures } = content;
  const names = runs.map(({ name }) => name);
  const beside = (which: 'reconstructions' | 'samples', title: string) =>
    runs
      .map(({ name, [which]: svg }) => (svg ? picture({ title: `${title}, ${name}`, svg, name: which }) : ''))
      .join('');
  const kept = runs.map(({ name, history, keptEpoch }) => ({ name, history, kept: keptEpoch }));
  const sections = [
    section(
      'settings',
      'Settings that differ',
      settings.length === 0
        ? '<p>None: the runs differ in nothing that a config says.</p>'
        : comparedTable(names, settings, 'setting', settingCell),
    ),
    section(
      'losses',
      'Losses of the kept epoch',
      comparedTable(names, measures, 'measure', measureCell, wordsOfMeasure) + NOTE,
    ),
    section(
      'curves',
      'Curves',
      picture({ title: 'Losses by run', svg: plotRunCurves(kept), name: 'loss-curves', howToRead: CURVES }),
    ),
    section(
      'reconstructions',
      'Reconstructions of the same images',
      beside('reconstructions', 'Reconstructions'),
    ),
    section('samples', 'Samples of the same random numbers', beside('samples', 'Samples')),
    section(
      'repeat',
      'The commands that repeat them',
      runs
        .map(
          ({ name, config }) => `<h3>${text(name)}</h3>${copyable(`pnpm app:cli ${repeatCommand(config)}`)}`,
        )
        .join(''),
    ),
  ].join('\n');
  return htmlPage(
    `${runs.length} runs compared`,
    `<header>
<p class="eyebrow">Latentkit comparison</p>
<h1>${whole(runs.length)} runs <span>beside each other</span></h1>
<p>${names.map(text).join(', ')}</p>
</header>
${contents(sections)}
${sections}`,
  );
}

const NOTE =
  '<p>Losses under different weights of their terms do not compare; reconstruction, KL and the ELBO at beta 1 do, on the same images.</p>';
const CURVES =
  'A run whose validation curve (whole) leaves its training curve (dotted) upwards learns its images by heart; one that is lower in reconstruction and higher in KL says more of each image in its code.';

function comparedTable<Value>(
  runs: readonly string[],
  rows: readonly ComparedRow<Value>[],
  of: string,
  cell: (value: Value | undefined, name: string) => string,
  titleOf: (name: string) => string = (name) => name,
): string {
  const cells = rows.map(({ name, values }) => [titleOf(name), ...values.map((value) => cell(value, name))]);
  return table([of, ...runs], cells, { names: 1 });
}

/** A setting's value as text. */
export function settingCell(value: unknown): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', ');
}

const COUNTS = ['keptEpoch', 'epochs'];

/** A measure's value as text. */
export function measureCell(value: number | undefined, name: string): string {
  if (value === undefined) return '-';
  if (name === 'seconds') return duration(value);
  return COUNTS.includes(name) ? whole(value) : fixed(value);
}

const MEASURES: Readonly<Record<string, string>> = {
  valLoss: 'validation loss',
  elbo: 'ELBO, at beta 1',
  testLoss: 'test loss',
  loss: 'training loss',
  keptEpoch: 'epoch kept',
  epochs: 'epochs done',
  seconds: 'time of all epochs',
};

/** What a measure is called. */
export function wordsOfMeasure(name: string): string {
  return (
    MEASURES[name] ??
    wordsOf(name.replace(/^val(?=[A-Z])/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase()))
  );
}
