import { differingSettings } from '../compare/compare-settings.ts';
import type { ExperimentConfig } from '../config-schema.ts';
import { recipes } from '../recipes/find-recipe.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { escapeHtml as text } from './escape-html.ts';
import { copyable } from './html.ts';
import { repeatCommand } from './repeat-command.ts';
import { isOfTable, type ReportContent } from './report-content.ts';

/** Which recipe a run is, in what it differs, and how to repeat it. */
export function whatWasRun({ config, isFinished = true }: ReportContent): string {
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
