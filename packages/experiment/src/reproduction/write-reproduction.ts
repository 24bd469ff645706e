import { checkValue, having } from '@latentkit/core/options';
import type { MetricsRow } from '@latentkit/trainers';
import { rateCuts } from '../rate-cuts.ts';
import { recipes } from '../recipes/find-recipe.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { type ComparedFigure, compareFigures } from './compare-figures.ts';
import { parsePeers } from './peers.ts';
import type { ReproducedRecipe, ReproducedRun, Reproduction } from './reproduction.ts';

const reproductionRule = having('what was reproduced', { recipes: 'object' });

/**
 * The page of a reproduction, in Markdown: of each recipe what its source published beside what runs of ours and PyTorch's
 * gave, epoch by epoch where it printed them, with pictures, seeds, seconds, and what it was measured on.
 *
 * @param peers rows of PyTorch's runs, a line of JSON an epoch.
 * @example
 * await writeFile('reproduction.md', writeReproduction(reproduction));
 */
export function writeReproduction(reproduction: Reproduction, peers = ''): string {
  checkValue('writeReproduction', 'reproduction', reproduction, reproductionRule);
  const done = recipes.flatMap((recipe) => {
    const reproduced = reproduction.recipes[recipe.name];
    return reproduced ? [{ recipe, reproduced, peers: parsePeers(peers, recipe, 'peers') }] : [];
  });
  return [INTRODUCTION, overview(done), ...done.map(section)].join('\n\n').concat('\n');
}

interface Done {
  recipe: Recipe;
  reproduced: ReproducedRecipe;
  peers: ReturnType<typeof parsePeers>;
}

const INTRODUCTION = `# Reproduction

The experiments that Latentkit's recipes come from, run again on real MNIST: what was published beside what was measured, beside
PyTorch. This page and its pictures are written by a command, from runs that it makes where they are not there yet, and goes on
with where they were stopped:

\`\`\`sh
npx -y pnpm@12 app:cli reproduce
npx -y pnpm@12 app:cli reproduce mlp-mse keras-dense
\`\`\`

MNIST is downloaded once, or lies in \`--data-dir DIR\`. Losses are nats an image (the autoencoder's is a mean over pixels); training
losses are means over an epoch while training, \`val\` losses are of the 10,000 test images with one latent sample an image.
Seconds are the wall clock's, whatever else the machine did meanwhile.
PyTorch's rows are those of [\`peers/peer_training.py\`](peers/peer_training.py).`;

/** What is compared, a line each: the last epoch of what was printed epoch by epoch. */
function overview(done: readonly Done[]): string {
  const rows = done.flatMap(({ recipe, reproduced: { runs }, peers }) => {
    const ours = compareFigures(recipe, runs);
    const theirs = compareFigures(recipe, peers.map(asRun));
    return ours.flatMap((figure, i) => {
      const { value, within, measured, isWithin } = figure;
      if (value === undefined || within === undefined) return [];
      const verdict = isWithin === undefined ? 'not run yet' : isWithin ? 'yes' : '**no**';
      return [
        [
          ...[`[${recipe.name}](#${recipe.name})`, metricName(figure, recipe), fixed(value)],
          ...[spread(measured), spread(theirs[i]!.measured), band(figure), verdict],
        ],
      ];
    });
  });
  return table(['recipe', 'figure', 'published', 'Latentkit', 'PyTorch', 'band', 'within'], rows);
}

function section({ recipe, reproduced, peers }: Done): string {
  const { runs, pictures, date, environment } = reproduced;
  const chosen = recipe.chosen ? ` It leaves out, and we chose: ${recipe.chosen.join(', ')}.` : '';
  const source = recipe.source ? `Source: ${recipe.source}.${chosen}` : '';
  const on = Object.entries(environment).map(([name, value]) => `${name} ${value}`);
  const part = whatPart(runs, recipe);
  return [
    `## ${recipe.name}`,
    `${capital(recipe.title)}. ${source}`,
    recipe.notes,
    ...(part ? [part] : []),
    `\`\`\`sh\nnpx -y pnpm@12 app:cli train --recipe ${recipe.name} --dataset mnist\n\`\`\``,
    ...(recipe.published ? [comparison({ recipe, reproduced, peers })] : []),
    runsTable(runs, peers),
    ...(pictures.length > 0 ? [gallery(pictures)] : []),
    `Measured on ${date}: ${on.join(', ')}.`,
  ].join('\n\n');
}

function band({ within, orLower }: ComparedFigure): string {
  return orLower ? `${within}, or lower` : `${within}`;
}

/** A run of a part of the images reproduces nothing. */
function whatPart(runs: readonly ReproducedRun[], { dataset = {} }: Recipe): string | undefined {
  const least = Math.min(...runs.map(({ trainImages }) => trainImages));
  const { limit = ALL_IMAGES, validation = 0 } = dataset;
  return least < limit - validation
    ? `**These are runs of ${least.toLocaleString('en-US')} images, not of MNIST as a whole: they show that the command works, and nothing else.**`
    : undefined;
}

const ALL_IMAGES = 60_000;

function comparison({ recipe, reproduced: { runs }, peers }: Done): string {
  const [ours, theirs] = [runs, peers.map(asRun)].map((some) => compareFigures(recipe, some)) as [
    ComparedFigure[],
    ComparedFigure[],
  ];
  const nameOf = (figure: ComparedFigure) => metricName(figure, recipe);
  const names = [...new Set(ours.map(nameOf))];
  const rows = names.map((name) => {
    const of = (figures: readonly ComparedFigure[]) => figures.filter((figure) => nameOf(figure) === name);
    const [own, peer] = [of(ours), of(theirs)];
    const isList = own[0]!.metric === 'rateChange';
    const shown = (figures: readonly ComparedFigure[], of: readonly Pick<ReproducedRun, 'rows'>[]) =>
      isList ? cutsByRun(of) : spread(figures[0]!.measured);
    const isLoss = own[0]!.epoch !== undefined;
    const published = own
      .map(({ value }) => (value === undefined ? '' : isLoss ? fixed(value) : number(value)))
      .join(isList ? ', ' : ' to ');
    return [name, published, shown(own, runs), shown(peer, peers)];
  });
  return table(['figure', 'published', 'Latentkit', 'PyTorch'], rows);
}

/** The epochs after which each run's learning rate fell: a list a run, as runs have more and fewer of them. */
function cutsByRun(runs: readonly Pick<ReproducedRun, 'rows'>[]): string {
  return runs
    .map(({ rows }) => rateCuts(rows).join(', '))
    .filter((cuts) => cuts !== '')
    .join('; ');
}

const COLUMNS = ['loss', 'reconstruction', 'kl', 'valLoss', 'valReconstruction', 'valKl'] as const;

/** Each run's kept epoch. */
function runsTable(runs: readonly ReproducedRun[], peers: Done['peers']): string {
  const line = (who: string, { seed, rows, keptEpoch, isFinished }: Omit<ReproducedRun, 'trainImages'>) => {
    const kept = rows.find(({ epoch }) => epoch === keptEpoch) ?? rows.at(-1)!;
    const seconds = rows.reduce((sum, row) => sum + (row.seconds ?? 0), 0);
    return [
      ...[who, String(seed), isFinished ? String(rows.length) : `${rows.length} so far`, String(kept.epoch)],
      ...COLUMNS.map((column) => cell(kept, column)),
      seconds > 0 ? String(Math.round(seconds)) : '',
    ];
  };
  const whole = peers.filter(({ isFinished }) => isFinished);
  return table(
    [
      '',
      'seed',
      'epochs',
      'kept',
      'loss',
      'reconstruction',
      'KL',
      'val loss',
      'val reconstruction',
      'val KL',
      'seconds',
    ],
    [...runs.map((run) => line('Latentkit', run)), ...whole.map((run) => line('PyTorch', run))],
  );
}

/** Two beside each other, as pages are read wide. */
function gallery(pictures: ReproducedRecipe['pictures']): string {
  return pictures.map(({ title, path }) => `<img src="${path}" alt="${title}" width="410">`).join('\n');
}

function asRun(peer: Done['peers'][number]): ReproducedRun {
  return { ...peer, trainImages: ALL_IMAGES };
}

function metricName({ metric, epoch, isEvaluated }: ComparedFigure, { evaluation }: Recipe): string {
  const [whole, atEpoch] = METRIC_NAMES[metric] ?? [metric, true];
  const few = isEvaluated ? evaluation?.limit : undefined;
  const name = few ? whole.replace('of the', `of the first ${few.toLocaleString('en-US')}`) : whole;
  return epoch !== undefined && atEpoch ? `${name} after epoch ${epoch}` : name;
}

const METRIC_NAMES: Readonly<Record<string, readonly [name: string, atEpoch: boolean]>> = {
  loss: ['training loss', true],
  reconstruction: ['its reconstruction', true],
  kl: ['its KL', true],
  valLoss: ['loss of the test images', true],
  valAccuracy: ['test images told right', true],
  epochs: ['epochs run', false],
  bestEpoch: ['best epoch', false],
  rateChange: ['rate halved after epochs', false],
  nll: ['-log p of the test images', false],
  parzen: ['log density of the test images by a Parzen window', false],
  negativeElbo: ['-ELBO of the test images', false],
  stepMilliseconds: ['milliseconds a step', false],
};

function cell(row: MetricsRow, column: (typeof COLUMNS)[number]): string {
  const value = row[column];
  return value === undefined ? '' : fixed(value);
}

/** The mean, and from where to where. */
function spread(values: readonly number[]): string {
  if (values.length === 0) return '';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return number(mean);
  return `${fixed(mean)} (${number(Math.min(...values))} to ${number(Math.max(...values))})`;
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : fixed(value);
}

function fixed(value: number): string {
  return Math.abs(value) < 1 ? value.toFixed(4) : value.toFixed(2);
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `|${cells.map((text) => (text === '' ? ' ' : ` ${text} `)).join('|')}|`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
