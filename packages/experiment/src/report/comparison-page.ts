import { checkValue, having } from '@latentkit/core/options';
import { plotRunCurves } from '@latentkit/figures';
import type { MetricsRow } from '@latentkit/trainers';
import type { ComparedRow } from '../compare/compare-settings.ts';
import { describeComparability } from '../compare/describe-comparability.ts';
import type { ExperimentConfig } from '../config-schema.ts';
import { escapeHtml as text } from './escape-html.ts';
import { contents, copyable, htmlPage, picture, section, table } from './html.ts';
import { repeatCommand } from './repeat-command.ts';
import { whole } from './words.ts';

/** What a page of runs beside each other is made of: what `compareRuns` gives. */
export interface ComparisonContent {
  readonly runs: readonly {
    readonly name: string;
    readonly config: ExperimentConfig;
    readonly history: readonly MetricsRow[];
    readonly keptEpoch: number;
  }[];
  readonly settings: readonly ComparedRow<unknown>[];
  readonly measures: readonly ComparedRow<number>[];
  readonly pictures: {
    readonly reconstructions?: string;
    readonly samples?: string;
    readonly withoutSamples?: readonly string[];
  };
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
  const { runs, settings, measures, pictures } = content;
  const names = runs.map(({ name }) => name);
  const kept = runs.map(({ name, history, keptEpoch }) => ({ name, history, kept: keptEpoch }));
  const rows = (of: string, compared: readonly ComparedRow<unknown>[]) =>
    table(
      [of, ...names],
      compared.map(({ title, cells }) => [title, ...cells]),
      { names: 1 },
    );
  const drawn = (name: 'reconstructions' | 'samples', howToRead: string) => {
    const svg = pictures[name];
    return svg === undefined ? '' : picture({ title: name, svg, name, howToRead });
  };
  const commands = runs.map(
    ({ name, config }) => `<h3>${text(name)}</h3>${copyable(`pnpm app:cli ${repeatCommand(config)}`)}`,
  );
  const sections = [
    section(
      'settings',
      'Settings that differ',
      settings.length === 0 ? NO_SETTING : rows('setting', settings),
    ),
    section('losses', 'Losses of the kept epoch', rows('measure', measures) + noteOf(settings)),
    section(
      'curves',
      'Curves',
      picture({ title: 'Losses by run', svg: plotRunCurves(kept), name: 'loss-curves', howToRead: CURVES }),
    ),
    section('reconstructions', 'The same images', drawn('reconstructions', RECONSTRUCTIONS)),
    section('samples', 'The same random numbers', drawn('samples', SAMPLES) + withoutSamples(pictures)),
    section('repeat', 'The commands that repeat them', commands.join('')),
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

const NO_SETTING = '<p>None: the runs differ in nothing that a config says.</p>';

function noteOf(settings: ComparisonContent['settings']): string {
  const note = describeComparability(settings);
  return note === undefined ? '' : `<p>${text(note)}</p>`;
}

function withoutSamples({ withoutSamples: names = [] }: ComparisonContent['pictures']): string {
  if (names.length === 0) return '';
  return `<p>${text(`Without a row: ${names.join(', ')}. A plain autoencoder has no prior to draw codes from.`)}</p>`;
}

const CURVES =
  'A run whose validation curve (whole) leaves its training curve (dotted) upwards learns its images by heart; one that is lower in reconstruction and higher in KL says more of each image in its code.';
const RECONSTRUCTIONS =
  'Below each image stands what every run gives back of it: compare strokes down a column.';
const SAMPLES =
  'Every run decodes codes drawn by the same seed; as each has its own latent space, a column need not show the same thing.';
