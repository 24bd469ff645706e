import { createRandom, type ImageShape } from '@latentkit/core';
import {
  drawImageRows,
  drawLatentGrid,
  drawReconstructions,
  drawSamples,
  plotCells,
  plotColumns,
  plotImportances,
  plotKlByDimension,
  plotLatentScatter,
  plotLossCurves,
  plotParallelCoordinates,
  plotProjections,
  plotRunCurves,
} from '../index.ts';

/** Every figure in the states that look different: what a change of looks is seen by. */
export const SCENES: Readonly<Record<string, () => string>> = {
  cells: () =>
    plotCells(
      {
        rows: ['row 17', 'row 4', 'row 203'],
        columns: ['age', 'colour', 'income of the last year'],
        values: [0.1, 0.02, 9, 4, 1, 0, 0.3, 2, 0.2],
        texts: ['31', 'red', '9900000', '112', 'blue', '41000', '48', 'green', '38500'],
      },
      { title: 'The 3 oddest rows', subtitle: 'of test rows of people.csv, by negative ELBO' },
    ),
  'loss-curves': () => plotLossCurves(history(30)),
  'loss-curves-first-epoch': () => plotLossCurves(history(1)),
  'loss-curves-logarithmic': () => plotLossCurves([{ epoch: 0, loss: 4e4, valLoss: 3e4 }, ...history(12)]),
  'loss-curves-smoothed': () =>
    plotLossCurves(history(60), { smoothing: 7, kept: 54, rateChanges: [30, 41, 52, 60] }),
  'loss-curves-kept': () => plotLossCurves(history(10), { kept: 9 }),
  'run-curves': () =>
    plotRunCurves([
      { name: 'beta 1', history: history(30), kept: 28 },
      { name: 'beta 4', history: history(22, 1.15), kept: 22 },
      { name: 'latent 10', history: history(30, 0.85), kept: 17 },
    ]),
  reconstructions: () =>
    drawReconstructions({ originals: images(12), reconstructions: images(12, 0.25), shape: GREY, count: 12 }),
  'image-rows': () =>
    drawImageRows(
      {
        ...{ images: images(33, 0.1), shape: GREY },
        rows: [3.214, 1.02, 0.4].map((kl, i) => ({ name: `z${'₁₂₃'[i]}`, note: `KL ${kl.toFixed(2)}` })),
        columns: Array.from({ length: 11 }, (_, i) =>
          String((i - 5) * 0.6)
            .replace('-', '−')
            .slice(0, 4),
        ),
      },
      { title: 'Traversal', subtitle: 'a row a dimension' },
    ),
  'image-rows-in-groups': () =>
    drawImageRows(
      {
        ...{ images: images(12), shape: GREY, rows: [{ name: '' }], groups: [1, 10, 1] },
        columns: ['image 3', ...Array.from({ length: 10 }, (_, i) => (i / 9).toFixed(2)), 'image 17'],
      },
      { title: 'Between two images' },
    ),
  samples: () => drawSamples({ images: images(64, 0.15), shape: GREY }),
  'samples-in-colour': () =>
    drawSamples({ images: colored(10), shape: { ...GREY, channels: 3 }, columns: 4 }),
  'latent-grid': () => drawLatentGrid({ rows: 11, columns: 11, images: images(121), shape: GREY }),
  'latent-line': () => drawLatentGrid({ rows: 1, columns: 11, images: images(11), shape: GREY }),
  'latent-scatter': () => plotLatentScatter({ ...clusters(600, 10), prior: [{ x: 0, y: 0 }] }),
  'latent-scatter-unused': () => plotLatentScatter({ ...clusters(400, 10, 0.01), prior: [{ x: 0, y: 0 }] }),
  'latent-scatter-mixture': () =>
    plotLatentScatter({
      ...clusters(400, 3),
      prior: [
        { x: 1.4, y: 0.2, covariance: [0.3, 0.1, 0.2] },
        { x: -0.8, y: 1.3, covariance: [0.2, -0.1, 0.3] },
        { x: -0.6, y: -1.4, covariance: [0.25, 0, 0.15] },
      ],
    }),
  'latent-scatter-many-classes': () => plotLatentScatter(clusters(620, 30, 1.6)),
  'latent-scatter-some-without-class': () => {
    const { labels, ...points } = clusters(700, 10);
    return plotLatentScatter({ ...points, labels: labels.map((label, i) => (i % 3 === 0 ? -1 : label)) });
  },
  'latent-scatter-few-classes': () => plotLatentScatter(clusters(60, 10)),
  'latent-scatter-few': () => {
    const { x, y } = clusters(40, 2);
    return plotLatentScatter({ x, y }, { title: 'Codes', subtitle: 'without classes or prior' });
  },
  columns: () =>
    plotColumns([
      { name: 'length', score: 0.93, baseline: 0, isNumber: true },
      { name: 'width', score: 0.71, baseline: 0, isNumber: true },
      {
        name: 'colour of the leaves in autumn, as seen from afar',
        score: 0.88,
        baseline: 0.34,
        isNumber: false,
      },
      { name: 'ripe', score: 0.61, baseline: 0.64, isNumber: false },
      { name: 'noise', score: -0.02, baseline: 0, isNumber: true },
    ]),
  importances: () =>
    plotImportances(
      [
        { name: 'learningRate', share: 0.71, note: 'higher is better' },
        { name: 'latentDim', share: 0.18, note: 'lower is better' },
        { name: 'model.encoder.activation', share: 0 },
        { name: 'channels', share: undefined },
      ],
      { title: 'Importance of each setting', subtitle: 'over 32 trials, after 1 epoch' },
    ),
  'parallel-coordinates': () => {
    const random = createRandom({ seed: 4, stream: 0, index: 0 });
    const places = Array.from({ length: 40 }, (_, i) => [i % 4, random.uniform(), random.uniform(), i % 3]);
    const lines = places.map(([dim, rate, channels, net]) => ({
      at: [dim! / 3, rate, net === 1 ? undefined : channels, (dim! / 3 + Math.abs(rate! - 0.6) * 3) / 3],
    }));
    lines.sort((a, b) => a.at[3]! - b.at[3]!);
    return plotParallelCoordinates(
      [
        { name: 'latentDim', ticks: ['2', '5', '10', '20'].map((text, i) => ({ at: i / 3, text })) },
        {
          name: 'learningRate',
          ticks: [
            { at: 0, text: '10⁻⁴' },
            { at: 0.5, text: '0.001' },
            { at: 1, text: '0.01' },
          ],
        },
        {
          name: 'channels',
          ticks: [
            { at: 0, text: '8' },
            { at: 1, text: '64' },
          ],
          none: 'without',
        },
        {
          name: 'negative ELBO',
          ticks: [
            { at: 0, text: '98.2' },
            { at: 1, text: '162.4' },
          ],
        },
      ],
      lines,
      { title: 'Trials', subtitle: 'the best of 40 is thick, the next four are blue' },
    );
  },
  'kl-by-dimension': () => plotKlByDimension(carried(12)),
  'kl-by-dimension-unused': () => plotKlByDimension({ kl: [0.004, 0.002], isActive: [false, false] }),
  'kl-by-dimension-many': () => plotKlByDimension(carried(64)),
  projections: () => {
    const { x, y, labels } = clusters(500, 10);
    const embedding = (turn: (x: number, y: number) => [number, number]) =>
      Float32Array.from(x.flatMap((one, i) => turn(one, y[i]!)));
    return plotProjections(
      [
        { name: 'PCA', embedding: embedding((a, b) => [a + b, a - b]), note: 'trustworthiness 0.81' },
        { name: 't-SNE', embedding: embedding((a, b) => [a * 3, b * 3 + a]), note: 'trustworthiness 0.98' },
      ],
      { labels },
    );
  },
};

const GREY: ImageShape = { height: 28, width: 28, channels: 1 };

// Only +, -, *, / and square roots: other functions may differ in their last bit from engine to engine.
function history(epochs: number, scale = 1) {
  return Array.from({ length: epochs }, (_, i) => {
    const epoch = i + 1;
    const reconstruction = scale * (80 + 110 / Math.sqrt(epoch) + ((i * 7) % 5) / 4);
    const kl = (25 - 18 / Math.sqrt(epoch)) / scale;
    const [valReconstruction, valKl] = [reconstruction + 2 + epoch / 20, kl + 0.3];
    const sums = { loss: reconstruction + kl, valLoss: valReconstruction + valKl };
    return { epoch, ...sums, reconstruction, kl, valReconstruction, valKl };
  });
}

/** Rings, discs and bars that change from image to image; `blur` softens them, as models do. */
function images(count: number, blur = 0.08): Float32Array {
  const pixels = new Float32Array(count * 784);
  for (let i = 0; i < count; i++) {
    const radius = 0.35 + 0.04 * (i % 9);
    const squash = 0.55 + 0.05 * (i % 7);
    for (let at = 0; at < 784; at++) {
      const [x, y] = [((at % 28) - 13.5) / 14, (Math.floor(at / 28) - 13.5) / 14];
      const ring = Math.abs(Math.sqrt((x / squash) ** 2 + y * y) - radius) - 0.12;
      const bar = Math.max(Math.abs(x + y / 4) - 0.11, Math.abs(y) - 0.6);
      const distance = [ring, bar, Math.min(ring, bar)][i % 3]!;
      pixels[i * 784 + at] = 0.5 - distance / blur / 2;
    }
  }
  return pixels.map((value) => Math.min(1, Math.max(0, value)));
}

function colored(count: number): Float32Array {
  const grey = images(count);
  return Float32Array.from({ length: grey.length * 3 }, (_, i) => {
    const value = grey[Math.floor(i / 3)]!;
    return i % 3 === 0 ? value : i % 3 === 1 ? value * 0.7 : 1 - 0.6 * value;
  });
}

/** Classes on a ring about the origin, of size `spread`. */
function clusters(count: number, classes: number, spread = 1) {
  const random = createRandom({ seed: 1, stream: 0, index: 0 });
  const labels = Array.from({ length: count }, (_, i) => i % classes);
  const bump = () => random.uniform() + random.uniform() + random.uniform() - 1.5;
  const place = (side: number) =>
    labels.map((label) => {
      const t = (4 * ((label + side * classes * 0.25) % classes)) / classes; // around a diamond
      return spread * (1.5 * (t < 2 ? 1 - t : t - 3) + 0.6 * bump());
    });
  return { x: place(0), y: place(1), labels };
}

function carried(dimensions: number) {
  const kl = Array.from({ length: dimensions }, (_, i) =>
    (i * 5) % 3 === 1 ? 0.004 : 3.4 / (1 + ((i * 5) % dimensions) / 4),
  );
  return { kl, isActive: kl.map((one) => one > 0.01) };
}
