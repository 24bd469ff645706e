import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromArrays } from '@latentkit/datasets';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparisonPage } from '../report/comparison-page.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { TINY_AUTOENCODER, tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { compareRuns } from './compare-runs.ts';

const root = tempDirectory();
const dataset = tinyDataset();
const [one, four, plain] = ['one', 'four', 'plain'].map((name) => join(root, name)) as [
  string,
  string,
  string,
];
/** A figure's picture: all its rows in one PNG. */
const pngOf = (svg: string) => svg.match(/data:image\/png;base64,[^"]*/)![0];

const rowsOf = (run: string) =>
  readFileSync(join(run, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  await trainRun({ out: one, config: tinyConfig({}, { beta: 1 }), dataset });
  await trainRun({ out: four, config: tinyConfig({}, { beta: 4, epochs: 3 }), dataset });
  await trainRun({ out: plain, config: tinyConfig(TINY_AUTOENCODER), dataset });
});

it('says in which settings runs differ, and how good each is at its kept epoch', async () => {
  const { runs, settings, measures } = await compareRuns([one, four]);
  expect(runs.map(({ name }) => name)).toEqual(['one', 'four']);
  expect(settings).toMatchObject([
    { name: 'training.epochs', values: [2, 3] },
    { name: 'training.beta', values: [1, 4] },
  ]);
  const [first, second] = [rowsOf(one)[1], rowsOf(four)[2]];
  const by = Object.fromEntries(measures.map(({ name, values }) => [name, values]));
  expect(by.valLoss).toEqual([first.valLoss, second.valLoss]);
  expect(by.valKl).toEqual([first.valKl, second.valKl]);
  expect(by.elbo![1]).toBeCloseTo(-(second.valReconstruction + second.valKl), 10);
  expect(by.keptEpoch).toEqual([2, 3]);
  expect(by).not.toHaveProperty('testLoss');
});

it('has no KL where a run has none', async () => {
  const { measures } = await compareRuns([one, plain]);
  const by = Object.fromEntries(measures.map(({ name, values }) => [name, values]));
  expect(by.valKl![1]).toBeUndefined();
  expect(by.elbo![1]).toBeUndefined();
});

describe('pictures', () => {
  it('are of the same images, and of the same random numbers', async () => {
    const copy = join(root, 'elsewhere', 'one');
    cpSync(one, copy, { recursive: true });
    const { runs, pictures } = await compareRuns([one, copy, plain], { dataset, seed: 3 });
    expect(runs.map(({ name }) => name)).toEqual([
      expect.stringMatching(/\/one$/),
      'elsewhere/one',
      expect.stringMatching(/\/plain$/),
    ]);
    const linesOf = (svg: string) =>
      [...svg.matchAll(/>([^<]*\/(?:one|plain)|original)</g)].map(([, name]) => name);
    expect(linesOf(pictures.reconstructions!)).toHaveLength(4); // the originals above
    expect(linesOf(pictures.samples!)).toHaveLength(2); // a plain autoencoder has none
    expect(pictures.withoutSamples).toEqual([expect.stringMatching(/\/plain$/)]);
    const picturesOf = async (paths: string[], seed = 3) =>
      (await compareRuns(paths, { dataset, seed })).pictures;
    // Rows that can be swapped are alike.
    const [there, back] = [await picturesOf([one, copy]), await picturesOf([copy, one])];
    for (const which of ['reconstructions', 'samples'] as const) {
      expect(pngOf(there[which]!)).toBe(pngOf(back[which]!));
    }
    expect(pngOf((await picturesOf([one, copy], 4)).samples!)).not.toBe(pngOf(there.samples!));
    const [mixed, other] = [await picturesOf([one, four]), await picturesOf([four, one])];
    expect(pngOf(mixed.samples!)).not.toBe(pngOf(other.samples!));
  });

  it('are left out of a run of other images, which is said', async () => {
    const shape = { height: 4, width: 4, channels: 1 };
    const small = join(root, 'small');
    const images = Uint8Array.from({ length: 16 * 40 }, (_, i) => (i * 37) % 256);
    const config = { ...tinyConfig({}, { batchSize: 10 }), dataset: { name: 'arrays' as const } };
    await trainRun({ out: small, config, dataset: fromArrays(images, shape) });
    const notes: string[] = [];
    const { pictures } = await compareRuns([one, small], { dataset, onNote: (note) => notes.push(note) });
    expect(pictures.samples).toContain('>one<');
    expect(pictures.samples).not.toContain('>small<');
    expect(notes).toEqual([
      expect.stringMatching(/small makes nothing of these images: they are of another size/),
    ]);
  });
});

it('takes a run that was killed, as far as it is', async () => {
  const killed = join(root, 'killed');
  cpSync(four, killed, { recursive: true });
  for (const name of ['model.json', 'model.safetensors', 'end.json']) rmSync(join(killed, name));
  const { runs, pictures } = await compareRuns([four, killed], { dataset });
  expect(runs[1]).toMatchObject({ state: 'stopped', keptEpoch: 3 });
  const swapped = await compareRuns([killed, four], { dataset });
  expect(pngOf(pictures.samples!)).toBe(pngOf(swapped.pictures.samples!)); // the same weights
});

it('refuses what cannot be compared, in a line', async () => {
  const code = (expected: string) => expect.objectContaining({ code: expected });
  await expect(compareRuns([one])).rejects.toEqual(code('E_USAGE'));
  await expect(compareRuns([one, join(root, 'nowhere')])).rejects.toEqual(code('E_NOT_FOUND'));
  const broken = join(root, 'broken');
  cpSync(one, broken, { recursive: true });
  writeFileSync(join(broken, 'config.json'), '{');
  await expect(compareRuns([one, broken])).rejects.toEqual(code('E_FORMAT'));
});

it('makes a page that needs no other file', async () => {
  const comparison = await compareRuns([one, four], { dataset });
  const html = comparisonPage(comparison);
  expect(html).toContain('<td class="name">training.beta</td><td>1</td><td>4</td>');
  expect(html.match(/<img /g)).toHaveLength(3); // curves, reconstructions, samples
  expect(html.match(/pnpm app:cli train /g)).toHaveLength(2);
  expect(html).not.toMatch(/<script|https?:|<link/);
  for (const [, address] of html.matchAll(/\b(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^(data:|#)/);
  expect(html.length).toBeLessThan(1_000_000);
});

it('escapes names on the page', async () => {
  const comparison = await compareRuns([one, four]);
  const nasty = `<script>alert("x")</script>&'`;
  const runs = comparison.runs.map((run) => ({
    ...run,
    name: nasty,
    config: { ...run.config, recipe: nasty },
  }));
  const html = comparisonPage({
    ...comparison,
    runs,
    settings: [{ name: nasty, title: nasty, values: [], cells: [nasty, '-'] }],
  });
  expect(html).not.toContain('<script');
});
