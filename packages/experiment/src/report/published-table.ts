import { recipes } from '../recipes/find-recipe.ts';
import { compareFigures } from '../reproduction/compare-figures.ts';
import { escapeHtml as text } from './escape-html.ts';
import { table } from './html.ts';
import { repeatCommand } from './repeat-command.ts';
import type { ReportContent } from './report-content.ts';
import { fixed, whole, wordsOf } from './words.ts';

/** What the recipe's source printed, beside what this run came to; nothing for a run that is another one. */
export function publishedTable({
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
