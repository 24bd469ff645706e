import { startWasmBackend } from '@latentkit/backend';
import type { Dataset, ImageSet } from '@latentkit/core';
import { takeImages } from '@latentkit/datasets';
import { createModel, createTrainedModel, type ModelSpec } from '@latentkit/models';
import type { MetricsRow } from '@latentkit/trainers';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyDataset, tinySpec } from '../testing/tiny-run.ts';
import { drawRunFigures, type RunFiguresOptions } from './draw-run-figures.ts';
import { DEFAULT_FIGURES, FIGURE_NAMES, type FigureSpec } from './figure-specs.ts';
import { RUN_FIGURES } from './run-figures.ts';

beforeAll(() => startWasmBackend());

const rates = { learningRate: 0.01, beta: 1, seconds: 0.1 };
const terms = { loss: 12, reconstruction: 10, kl: 2, valLoss: 13, valReconstruction: 10, valKl: 3 };
const vaeHistory: MetricsRow[] = [1, 2].map((epoch) => ({ epoch, ...terms, ...rates }));
const plainHistory: MetricsRow[] = vaeHistory.map(({ kl: _, valKl: __, ...row }) => row);

async function draw(spec: ModelSpec, dataset: Dataset = tinyDataset()) {
  const trained = createTrainedModel(spec, createModel(spec).initialize(5));
  const history = spec.kind === 'vae' ? vaeHistory : plainHistory;
  const figures = await drawRunFigures({ trained, dataset, history, seed: 1 });
  trained.dispose();
  expect(figures.map(({ name }) => name)).toEqual(DEFAULT_FIGURES.map(({ name }) => name));
  return Object.fromEntries(figures.map((figure) => [figure.name, figure]));
}

function textOf(figure: object | undefined, key: 'svg' | 'caption' | 'missing' | 'howToRead'): string {
  return String((figure as Record<string, unknown>)[key]);
}

it('marks the kept epoch, and smooths a long run unless it is told how', async () => {
  const spec = tinySpec();
  const long = Array.from({ length: 21 }, (_, i) => ({ ...vaeHistory[0]!, epoch: i + 1, loss: 20 - i }));
  const lossesOf = async (history: MetricsRow[], options: Partial<RunFiguresOptions> = {}) => {
    const trained = createTrainedModel(spec, createModel(spec).initialize(5));
    const [losses] = await drawRunFigures({ trained, dataset: tinyDataset(), history, seed: 1, ...options });
    trained.dispose();
    return textOf(losses, 'svg');
  };
  expect(await lossesOf(long)).toContain('mean of 7 epochs');
  expect(await lossesOf(long, { smoothing: 3 })).toContain('mean of 3 epochs');
  expect(await lossesOf(long, { figures: [{ name: 'loss-curves', smoothing: 5 }] })).toContain(
    'mean of 5 epochs',
  );
  const short = await lossesOf(long.slice(1), { keptEpoch: 4 });
  expect(short).not.toContain('mean of');
  expect(short).toContain('ring: epoch 4');
});

function without(set: ImageSet, labels: 'labels'): ImageSet {
  const { [labels]: _, ...rest } = set;
  return rest;
}

describe('a VAE of two dimensions', () => {
  let figures: Awaited<ReturnType<typeof draw>>;
  beforeAll(async () => {
    figures = await draw(tinySpec());
  });

  it('has every figure, each an SVG, a caption and how to read it', () => {
    for (const figure of Object.values(figures)) {
      expect(textOf(figure, 'svg')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
      expect(textOf(figure, 'caption')).toMatch(/^[A-Z].*\.$/);
      expect(textOf(figure, 'howToRead')).toMatch(/^[A-Z][^.]*\.$/); // a sentence
    }
  });

  it('shows its latent space as it is, over the prior', () => {
    const { 'latent-grid': grid, 'latent-scatter': scatter } = figures;
    expect(textOf(grid, 'caption')).toBe('Decoded over z₁ and z₂, from -3 to 3.');
    expect(textOf(scatter, 'caption')).toBe(
      'Mean codes of the validation images, coloured by label; the prior in rings at 1 and 2 standard deviations.',
    );
    expect(textOf(scatter, 'svg')).toContain('40 points');
    expect(textOf(scatter, 'svg')).toContain('z₁');
  });

  it('says how its losses and samples came about', () => {
    const { 'loss-curves': losses, samples } = figures;
    expect(textOf(losses, 'caption')).toContain('one seeded latent sample an image');
    expect(textOf(losses, 'svg')).toContain('KL divergence');
    expect(textOf(samples, 'caption')).toContain(
      'drawn at random from the standard normal prior; not picked',
    );
  });

  it('is drawn the same again', async () => {
    expect(await draw(tinySpec())).toEqual(figures);
  });
});

it('a VAE of one dimension has a line for a grid, and no scatter plot', async () => {
  const { 'latent-grid': grid, 'latent-scatter': scatter } = await draw(tinySpec({ latentDim: 1 }));
  expect(textOf(grid, 'caption')).toBe('Decoded along z₁, from -3 to 3.');
  expect(textOf(scatter, 'missing')).toBe(
    'The latent space has one dimension: there is no plane to scatter codes over.',
  );
});

it('a VAE of five dimensions says which two the grid is over, and how much its plot explains', async () => {
  const { 'latent-grid': grid, 'latent-scatter': scatter } = await draw(tinySpec({ latentDim: 5 }));
  expect(textOf(grid, 'caption')).toMatch(
    /^Decoded over z[₁-₅] and z[₁-₅], the two dimensions of largest KL, from -3 to 3; the others at 0\.$/,
  );
  const [, percent] = textOf(scatter, 'caption').match(
    /first two principal components of 5 dimensions, which explain (\d+)% of their variance; the prior in rings at 1 and 2 standard deviations\.$/,
  )!;
  const shares = [...textOf(scatter, 'svg').matchAll(/PC \d \((\d+)%\)/g)].map(([, share]) => Number(share));
  expect(shares).toHaveLength(2);
  expect(Math.abs(shares[0]! + shares[1]! - Number(percent))).toBeLessThanOrEqual(1); // rounded apart
});

it('writes two-figure dimensions with two figures', async () => {
  const { 'latent-grid': grid } = await draw(tinySpec({ latentDim: 40 }));
  expect(textOf(grid, 'caption')).toMatch(/z[₁-₄]?[₀-₉] and z[₁-₄]?[₀-₉],/);
});

describe('a plain autoencoder', () => {
  it('has no samples, and says why', async () => {
    const { samples } = await draw(tinySpec({ kind: 'autoencoder' }));
    expect(textOf(samples, 'missing')).toContain(
      'A plain autoencoder has no distribution over codes to draw from',
    );
  });

  it('claims no prior, no latent sample and no mean codes', async () => {
    for (const latentDim of [1, 2, 5]) {
      const figures = await draw(tinySpec({ kind: 'autoencoder', latentDim }));
      const captions = Object.values(figures).map((figure) => ('caption' in figure ? figure.caption : ''));
      expect(captions.join(' ')).not.toMatch(/KL|prior|latent sample|mean code|-3/i);
      expect(textOf(figures['latent-grid'], 'caption')).toContain('over the range that codes take');
    }
    const { 'latent-grid': grid } = await draw(tinySpec({ kind: 'autoencoder', latentDim: 5 }));
    expect(textOf(grid, 'caption')).toContain('two dimensions of largest variance');
    expect(textOf(grid, 'caption')).toContain('the others at their mean');
  });
});

it('images without labels are scattered without colours', async () => {
  const { train, validation } = tinyDataset();
  const dataset: Dataset = {
    name: 'own',
    train: without(train, 'labels'),
    validation: without(validation, 'labels'),
  };
  const { 'latent-scatter': scatter } = await draw(tinySpec(), dataset);
  expect(textOf(scatter, 'caption')).toContain('Mean codes of the validation images;');
});

it('of many validation images the first 10,000 are encoded, and the caption says so', async () => {
  const shape = { height: 1, width: 1, channels: 1 };
  const set = { shape, count: 10_001, images: Uint8Array.from({ length: 10_001 }, (_, i) => i & 255) };
  const { 'latent-scatter': scatter } = await draw(tinySpec({ image: shape }), {
    name: 'own',
    train: set,
    validation: set,
  });
  expect(textOf(scatter, 'caption')).toContain('Mean codes of the first 10,000 validation images;');
});

it('images of other than 1 or 3 channels have curves and codes, and reasons for the rest', async () => {
  const shape = { height: 2, width: 2, channels: 2 };
  const set = { shape, count: 9, images: Uint8Array.from({ length: 72 }, (_, i) => i) };
  const figures = await draw(tinySpec({ image: shape }), { name: 'own', train: set, validation: set });
  const missing = Object.values(figures).filter((figure) => 'missing' in figure);
  // A figure that is new is among either, as it needs.
  const names = missing.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['reconstructions', 'samples', 'latent-grid']));
  for (const name of ['loss-curves', 'latent-scatter', 'kl-by-dimension'] as const)
    expect(figures[name], name).toHaveProperty('svg');
  for (const figure of missing)
    expect(textOf(figure, 'missing')).toContain('Images of 2 channels are neither grey (1)');
});

it('colour images have every figure', async () => {
  const shape = { height: 4, width: 3, channels: 3 };
  const set = { shape, count: 9, images: Float32Array.from({ length: 9 * 36 }, (_, i) => (i % 10) / 10) };
  const figures = await draw(tinySpec({ image: shape }), { name: 'own', train: set, validation: set });
  for (const figure of Object.values(figures)) expect(figure).toHaveProperty('svg');
});

it('shows test images where there are such, one of each class first, and calls them so', async () => {
  const { train, validation } = tinyDataset();
  const order = Array.from({ length: validation.count }, (_, i) => i).sort(
    (a, b) => validation.labels![a]! - validation.labels![b]!,
  );
  const folders = takeImages(validation, order); // as class folders give them: all of one class first
  const shown = await draw(tinySpec(), { name: 'folders', train, validation, test: folders });
  expect(textOf(shown.reconstructions, 'caption')).toMatch(
    /^Test images, which the model never learned from/,
  );
  expect(textOf(shown['latent-scatter'], 'caption')).toBe(
    'Mean codes of the test images, coloured by label; the prior in rings at 1 and 2 standard deviations.',
  );
  // Of four of each class: the first of each, then the second.
  const twelve = without(takeImages(folders, [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 1, 5]), 'labels');
  const chosen = await draw(tinySpec(), { name: 'chosen', train, validation, test: twelve });
  expect(textOf(shown.reconstructions, 'svg')).toBe(textOf(chosen.reconstructions, 'svg'));
});

describe('figures by their names', () => {
  const drawn = async (figures: readonly FigureSpec[], spec = tinySpec()) => {
    const trained = createTrainedModel(spec, createModel(spec).initialize(5));
    const results = await drawRunFigures({
      trained,
      dataset: tinyDataset(),
      history: vaeHistory,
      seed: 1,
      figures,
    });
    trained.dispose();
    return results;
  };

  it('each has what draws it', async () => {
    expect(RUN_FIGURES.map(({ name }) => name)).toEqual(FIGURE_NAMES);
    const OF_OTHERS = ['columns', 'codebook-use']; // of tables: own-table.test.ts of the command line
    const OF_IMAGES = FIGURE_NAMES.filter((name) => !OF_OTHERS.includes(name));
    for (const figure of await drawn(OF_IMAGES.map((name) => ({ name }))))
      expect(figure).toHaveProperty('svg');
  });

  it('codes of a codebook have their use, and no grid, samples or KL', async () => {
    const spec = tinySpec({ kind: 'vq', codebook: { size: 5, vectors: 2 } });
    const [use, ...others] = await drawn(
      (
        [
          'codebook-use',
          'reconstructions',
          'latent-scatter',
          'samples',
          'latent-grid',
          'kl-by-dimension',
        ] as const
      ).map((name) => ({ name })),
      spec,
    );
    expect(textOf(use, 'svg')).toMatch(/of 5 codes chosen; perplexity/);
    expect(textOf(use, 'caption')).toContain('2 an image');
    const missing = others.filter((figure) => 'missing' in figure).map(({ name }) => name);
    expect(missing).toEqual(['samples', 'latent-grid', 'kl-by-dimension']);
    expect((await drawn([{ name: 'codebook-use' }]))[0]).toHaveProperty('missing');
  });

  it('a plain autoencoder with a prior has samples and no KL', async () => {
    const spec = tinySpec({ kind: 'autoencoder', prior: { type: 'standardNormal' } });
    const [samples, kl] = await drawn([{ name: 'samples' }, { name: 'kl-by-dimension' }], spec);
    expect(textOf(samples, 'caption')).toContain('the standard normal prior');
    expect(textOf(kl, 'missing')).toContain('have no KL');
  });

  it('come in the order that was asked for, no others', async () => {
    const names = await drawn([
      { name: 'latent-walk', steps: 3 },
      { name: 'originals', count: 4 },
    ]);
    expect(names.map(({ name }) => name)).toEqual(['latent-walk', 'originals']);
  });

  it('the walk has the quantiles of the prior for axes, and a model without a normal prior has none', async () => {
    const [walk] = await drawn([{ name: 'latent-walk', steps: 3 }]);
    expect(textOf(walk, 'svg')).toContain('quantile of z₁');
    const plain = tinySpec({ kind: 'autoencoder' });
    expect((await drawn([{ name: 'latent-walk' }], plain))[0]).toHaveProperty('missing');
  });

  it('a traversal has a row a dimension, with what it carries; a codebook has none', async () => {
    const [rows] = await drawn([{ name: 'traversal', steps: 3 }]);
    expect(textOf(rows, 'caption')).toBe('A row a dimension, by KL; the others at 0.');
    for (const text of ['z₁', 'z₂', 'KL 0.', '−3', '3']) expect(textOf(rows, 'svg')).toContain(text);
    const [points] = await drawn([{ name: 'traversal' }], tinySpec({ kind: 'autoencoder' }));
    expect(textOf(points, 'caption')).toContain('by variance; the others at their mean');
    const vq = tinySpec({ kind: 'vq', codebook: { size: 5 } });
    expect((await drawn([{ name: 'traversal' }], vq))[0]).toHaveProperty('missing');
  });

  it('one that there is not is named', async () => {
    const odd = [{ name: 'latent-gird' }] as unknown as FigureSpec[];
    await expect(drawn(odd)).rejects.toThrow("there is no figure 'latent-gird'. Did you mean 'latent-grid'?");
  });
});
