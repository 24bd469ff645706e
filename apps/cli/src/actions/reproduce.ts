import { compareFigures, findRecipe } from '@latentkit/experiment';
import { type ReproduceEvent, type ReproduceOptions, reproduce } from '@latentkit/experiment/node';
import { createDownloadView, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { jsonRow } from '../output/json-rows.ts';
import { createTrainingView } from '../output/training-view.ts';

export interface ReproduceCommandOptions
  extends Pick<ReproduceOptions, 'dataDir' | 'seeds' | 'limit' | 'epochs' | 'workers' | 'pageOnly'>,
    Partial<Pick<ReproduceOptions, 'out' | 'page'>> {
  json?: boolean;
}

const PLACES = { out: 'runs/reproduce', page: 'docs/reproduction.md' };
/** Where what reproduces nothing goes, so that no figure of it stands among those that do. */
const TRIAL_PLACES = { out: 'runs/tried', page: 'runs/tried.md' };

const IMAGE = { height: 28, width: 28, channels: 1 };

/** Runs the recipes, and says of each how near it came. */
export async function reproduceRecipes(
  recipes: readonly string[],
  { json = false, ...given }: ReproduceCommandOptions,
): Promise<void> {
  const isTrial = given.limit !== undefined || given.epochs !== undefined;
  const options = { ...(isTrial ? TRIAL_PLACES : PLACES), ...given };
  const leaves = `Stopped. What has been run is in ${printable(options.out)}; the same command goes on with it.`;
  await runCommand({ json, leaves }, async ({ line, signal, note }) => {
    const chosen = recipes.length > 0 ? { recipes } : {};
    const reading = { signal, onNote: note, onProgress: createDownloadView(line) };
    let show = (_: ReproduceEvent): void => {};
    for await (const event of reproduce({ ...chosen, ...options, ...reading })) {
      if (json) {
        writeRow(event);
        continue;
      }
      if (event.type === 'run') {
        if (event.state === 'missing') continue; // the page says so
        talk(headline(event));
        const view = createTrainingView({ config: event.config, shape: IMAGE, line, isOneOfMany: true });
        show = (told) => told.type === 'training' && view(told.event);
      } else if (event.type === 'training') show(event);
      else if (event.type === 'measuring') line.update(() => 'Measuring it on the test images');
      else {
        line.clear();
        tellCompared(event);
      }
    }
    if (!json) talk(`${paint('green', 'Done')}. The page is ${paint('bold', printable(options.page))}`);
  });
}

const STATES = {
  ...{ found: 'is there', begins: 'begins', 'goes on': 'goes on' },
  ...{ left: 'is left as it is', missing: 'is not there' },
} as const;

function headline({
  recipe,
  seed,
  state,
  directory,
  index,
  total,
}: ReproduceEvent & { type: 'run' }): string {
  const what = STATES[state];
  return `\n${paint('bold', recipe)}, seed ${seed}, ${what} (${index + 1} of ${total}): ${printable(directory)}`;
}

/** How near the recipe of the page's last run came. */
function tellCompared({ recipe: name, reproduction }: ReproduceEvent & { type: 'page' }): void {
  const recipe = findRecipe(name);
  const figures = compareFigures(recipe, reproduction.recipes[name]!.runs);
  for (const { metric, epoch, value, measured, within, orLower, isWithin } of figures) {
    if (isWithin === undefined) continue;
    const mean = measured.reduce((sum, one) => sum + one, 0) / measured.length;
    const verdict = isWithin ? paint('green', 'within') : paint('red', 'not within');
    const at = epoch === undefined ? '' : ` after epoch ${epoch}`;
    talk(
      `${metric}${at}: ${mean.toFixed(2)}, published ${value}: ${verdict} ${within}${orLower ? ', or lower' : ''}`,
    );
  }
}

function writeRow(event: ReproduceEvent): void {
  const row = rowOf(event);
  if (row) process.stdout.write(`${JSON.stringify(row)}\n`);
}

function rowOf(event: ReproduceEvent): object | undefined {
  if (event.type === 'training') return jsonRow(event.event);
  if (event.type === 'page') return { type: 'page', path: event.path };
  if (event.type === 'measuring') return event;
  const { config: _, ...row } = event;
  return row;
}
