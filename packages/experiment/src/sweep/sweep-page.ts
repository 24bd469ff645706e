import { checkValue, having } from '@latentkit/core/options';
import type { SearchSpace } from '@latentkit/sweeps';
import { escapeHtml as text } from '../report/escape-html.ts';
import { contents, copyable, htmlPage, picture, section, table } from '../report/html.ts';
import { counted, fixed, whole } from '../report/words.ts';
import { drawImportances, drawTrials } from './draw-sweep.ts';
import { judgeTitle } from './judge-row.ts';
import { type SweepTrial, sweepImportances } from './sweep-results.ts';
import { showSetting } from './sweep-spec.ts';

/** What a page of a sweep is made of. */
export interface SweepContent {
  readonly recipe: string;
  /** What trials learn from, in words. */
  readonly data: string;
  readonly space: SearchSpace;
  readonly strategy: string;
  readonly judge: string;
  readonly seed: number;
  /** Of a trial that goes to its end. */
  readonly epochs: number;
  /** The best first. */
  readonly trials: readonly SweepTrial[];
  /** The best of those at their end. */
  readonly best: readonly {
    readonly trial: number;
    /** Arguments of `latentkit` that train it for longer. */
    readonly command: string;
    readonly pictures: readonly { readonly title: string; readonly svg: string }[];
  }[];
  /** What the reader should know, a sentence each. */
  readonly notes?: readonly string[];
}

const contentRule = having('what a page of a sweep is made of', {
  space: 'object',
  trials: 'object',
  best: 'object',
});

/**
 * A sweep as one HTML page that needs no other file: its trials as lines over their settings, what settings have to do with how good
 * trials are, the table, pictures of the best and the commands that train them for longer. Every name is escaped.
 *
 * @example
 * await writeFile('sweep.html', sweepPage(content));
 */
export function sweepPage(content: SweepContent): string {
  checkValue('sweepPage', 'content', content, contentRule);
  const { recipe, data, strategy, judge, seed, epochs, trials, notes = [] } = content;
  const trained = trials.reduce((sum, trial) => sum + trial.epochs, 0);
  const all = trials.length * epochs;
  const failed = trials.filter(({ state }) => state === 'failed').length;
  const [first] = trials;
  const tiles = [
    ...(first?.value === undefined ? [] : [[`best ${judgeTitle(judge)}`, fixed(first.value)]]),
    ['trials', whole(trials.length)],
    ['epochs trained', trained < all ? `${whole(trained)} of ${whole(all)}` : whole(trained)],
    ...(failed > 0 ? [['failed', whole(failed)]] : []),
    ['strategy', strategy],
    ['seed', String(seed)],
  ];
  const sections = [
    section('best', 'The best', bestOf(content)),
    section('trials', 'All trials at a glance', trialsFigure(content)),
    section('importance', 'What matters', importanceFigure(content)),
    section('table', 'Table', tableOf(content)),
  ].join('\n');
  return htmlPage(
    `Sweep of ${recipe}`,
    `<header>
<p class="eyebrow">Latentkit sweep</p>
<h1>${text(recipe)} <span>in ${text(counted(trials.length, 'trial'))}</span></h1>
<p>${text(data)}. Judged by ${text(judgeOf(judge))}: the lower, the better.</p>
</header>
<dl class="tiles">${tiles.map(([name, value]) => `<div><dt>${text(name!)}</dt><dd>${text(value!)}</dd></div>`).join('')}</dl>
${notes.map((note) => `<p class="note">${text(note)}</p>`).join('')}
${contents(sections)}
${sections}`,
  );
}

function judgeOf(judge: string): string {
  return judge === 'elbo'
    ? 'the negative ELBO of the validation images at beta 1, in nats per image'
    : `${judge}, a column of each run's metrics`;
}

function bestOf({ best, trials, judge }: SweepContent): string {
  return best
    .map(({ trial, command, pictures }, i) => {
      const { settings, value } = trials.find((one) => one.trial === trial)!;
      const rows = Object.entries(settings).map(([name, setting]) => [name, showSetting(setting)]);
      const drawn = pictures.map(({ title, svg }) => picture({ title, svg }));
      return `<h3>${['First', 'Second', 'Third'][i] ?? `No. ${i + 1}`}: trial ${trial}, ${text(judgeTitle(judge))} ${fixed(value)}</h3>
${table(['setting', 'value'], rows, { names: 2, kind: 'pairs' })}${drawn.join('')}
<p>Train it for longer:</p>${copyable(`pnpm app:cli ${command}`)}`;
    })
    .join('');
}

function trialsFigure({ space, judge, trials }: SweepContent): string {
  if (trials.length === 0) return '';
  const subtitle = `a line a trial over its settings: the best of ${counted(trials.length, 'trial')} is orange, the next are blue`;
  return picture({
    title: 'Trials',
    svg: drawTrials(space, judge, trials, subtitle),
    name: 'trials',
    howToRead:
      'Follow the orange line from setting to setting. Where blue lines come together on an axis, good trials agree about that setting; where they spread, it matters little. Lines of one choice are drawn a little apart.',
  });
}

function importanceFigure({ space, trials }: SweepContent): string {
  const { epochs, importances } = sweepImportances(space, trials);
  if (epochs === 0) return '';
  return picture({
    title: 'Importance of each setting',
    svg: drawImportances(
      importances,
      `over ${counted(trials.length, 'trial')}, after ${counted(epochs, 'epoch')} each`,
    ),
    name: 'importances',
    howToRead:
      "Trials are grouped by a setting's value (numbers of a range into quarters): the bar is the share of the variance of the trials' ranks that these groups explain, by the H of Kruskal and Wallis, (H − k + 1) / (N − k) over k groups of N trials. One setting at a time: what settings do only together is in none of them, and of few trials the bars are rough.",
  });
}

function tableOf({ space, judge, trials, epochs }: SweepContent): string {
  const largest = Math.max(...trials.map(({ value = 0 }) => Math.abs(value)));
  const names = space.dimensions.map(({ name }) => name);
  const hasParts = trials.some(({ kl }) => kl !== undefined);
  const rows = trials.map(({ trial, settings, epochs: done, value, reconstruction, kl, state, failure }) => [
    String(trial),
    ...names.map((name) => showSetting(settings[name])),
    `${done}${done < epochs && state === 'stopped' ? ' (stopped)' : ''}`,
    value === undefined ? (failure === undefined ? '' : 'failed') : fixed(value, largest),
    ...(hasParts ? [reconstruction, kl].map((part) => (part === undefined ? '' : fixed(part, largest))) : []),
  ]);
  const titles = [
    'trial',
    ...names,
    'epochs',
    judgeTitle(judge),
    ...(hasParts ? ['reconstruction', 'KL'] : []),
  ];
  const failures = [...new Set(trials.flatMap(({ failure }) => failure ?? []))];
  return `${table(titles, rows, { mark: 0 })}<p>Those that were trained longest first, then by ${text(judgeTitle(judge))}. table.csv beside this page has all digits.</p>${failures.map((failure) => `<p class="note">${text(failure)}</p>`).join('')}`;
}
