import { checkValue, having, listRule, textRule } from '@latentkit/core/options';
import { type Importance, measureImportance, type SearchSpace, type Settings } from '@latentkit/sweeps';
import { judgeTitle } from './judge-row.ts';
import { showSetting } from './sweep-spec.ts';

/** What came of a trial of a sweep. */
export interface SweepTrial {
  /** From 0. */
  readonly trial: number;
  readonly settings: Settings;
  /** At its end; at a rung, from which better ones went on; under way; or its training failed. */
  readonly state: 'done' | 'stopped' | 'running' | 'failed';
  /** Until which it was trained. */
  readonly epochs: number;
  /** By the judge, of the kept weights: the lower, the better. */
  readonly value?: number | undefined;
  /** By the judge, after each epoch from the first. */
  readonly values: readonly number[];
  readonly keptEpoch?: number | undefined;
  readonly reconstruction?: number | undefined;
  readonly kl?: number | undefined;
  /** SHA-256 of the kept weights. */
  readonly weights?: string | undefined;
  /** Why training failed. */
  readonly failure?: string | undefined;
}

const spaceRule = having('a search space', { dimensions: 'object' });

/** The columns of a sweep's table: rank and trial, settings, results. */
function columnsOf(
  space: SearchSpace,
  judge: string,
): [string, (trial: SweepTrial, rank: number) => string][] {
  const number = (value: number | undefined) => (value === undefined ? '' : String(value));
  return [
    ['rank', (_, rank) => String(rank)],
    ['trial', ({ trial }) => String(trial)],
    ['state', ({ state }) => state],
    ...space.dimensions.map(({ name }): [string, (trial: SweepTrial) => string] => [
      name,
      ({ settings }) => showSetting(settings[name]),
    ]),
    ['epochs', ({ epochs }) => String(epochs)],
    ['keptEpoch', ({ keptEpoch }) => number(keptEpoch)],
    [judge, ({ value }) => number(value)],
    ['reconstruction', ({ reconstruction }) => number(reconstruction)],
    ['kl', ({ kl }) => number(kl)],
    ['weights', ({ weights = '' }) => weights],
  ];
}

/**
 * The table of a sweep as CSV, the best trial first: the same bytes whoever trained its trials in which order.
 *
 * @param trials the best first.
 */
export function sweepCsv(space: SearchSpace, judge: string, trials: readonly SweepTrial[]): string {
  checkTable('sweepCsv', space, judge, trials);
  const columns = columnsOf(space, judge === 'elbo' ? 'negativeElbo' : judge);
  const quote = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [
    columns.map(([title]) => title),
    ...trials.map((trial, i) => columns.map(([, cell]) => cell(trial, i + 1))),
  ];
  return lines.map((cells) => `${cells.map(quote).join(',')}\n`).join('');
}

/** The same as a table of Markdown, its numbers rounded for readers. */
export function sweepMarkdown(space: SearchSpace, judge: string, trials: readonly SweepTrial[]): string {
  checkTable('sweepMarkdown', space, judge, trials);
  const columns = columnsOf(space, judgeTitle(judge)).filter(([title]) => title !== 'weights');
  const escapeBar = (text: string) => text.replaceAll('|', '\\|');
  const round = (text: string) =>
    /^-?\d+\.\d{3,}$/.test(text) ? String(Number(Number(text).toPrecision(6))) : text;
  const line = (cells: readonly string[]) => `| ${cells.map(escapeBar).join(' | ')} |\n`;
  return [
    line(columns.map(([title]) => title)),
    line(columns.map(() => '---')),
    ...trials.map((trial, i) => line(columns.map(([, cell]) => round(cell(trial, i + 1))))),
  ].join('');
}

function checkTable(where: string, space: SearchSpace, judge: string, trials: readonly SweepTrial[]): void {
  checkValue(where, 'space', space, spaceRule);
  checkValue(where, 'judge', judge, textRule);
  checkValue(where, 'trials', trials, listRule);
}

/**
 * What settings have to do with how good trials are, over all trials after the fewest epochs that all which did not fail came to: trials
 * that were trained for longer are compared by what they were then.
 */
export function sweepImportances(
  space: SearchSpace,
  trials: readonly SweepTrial[],
): { epochs: number; importances: Importance[] } {
  const there = trials.filter(({ state, values }) => state === 'failed' || values.length > 0);
  const lengths = there.filter(({ state }) => state !== 'failed').map(({ values }) => values.length);
  const epochs = lengths.length === 0 ? 0 : Math.min(...lengths);
  const valued = there.map(({ settings, state, values }) => ({
    settings,
    value: state === 'failed' ? Number.POSITIVE_INFINITY : values[epochs - 1]!,
  }));
  return { epochs, importances: measureImportance(space, valued) };
}
