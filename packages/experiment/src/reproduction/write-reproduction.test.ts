import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findRecipe } from '../recipes/find-recipe.ts';
import { parsePeers } from './peers.ts';
import { parseReproduction } from './reproduction.ts';
import { writeReproduction } from './write-reproduction.ts';

const docs = (name: string) => new URL(`../../../../docs/${name}`, import.meta.url);
const read = (name: string) => readFileSync(docs(name), 'utf8');
const PEERS = read('peers/peer_training.jsonl');

test("the page is what its rows and PyTorch's say, and its pictures are there", () => {
  const reproduction = parseReproduction(JSON.parse(read('reproduction.json')), 'reproduction.json');
  const page = read('reproduction.md');
  expect(writeReproduction(reproduction, PEERS)).toBe(page);
  const pictures = [...page.matchAll(/<img src="([^"]+)"/g)].map((match) => match[1]!);
  expect(pictures.length).toBeGreaterThan(0);
  for (const path of pictures) expect(existsSync(docs(path))).toBe(true);
});

test("another program's runs are told apart by seed, and one that broke off counts as such", () => {
  const conv = parsePeers(PEERS, findRecipe('keras-conv'), 'peers');
  expect(conv.map(({ seed, rows, isFinished }) => [seed, rows.length, isFinished])).toEqual([
    [0, 2, false],
    [1, 85, true],
    [2, 2, false],
    [3, 2, false],
  ]);
  expect(conv[1]!.keptEpoch).toBe(79);
});

test('runs of a part of the images are called that', () => {
  const row = { epoch: 1, loss: 2, valLoss: 3, learningRate: 0.1, seconds: 4 };
  const run = { seed: 42, trainImages: 1000, keptEpoch: 1, isFinished: true, rows: [row] };
  const recipes = {
    'mlp-mse': { date: '2026-01-01', environment: { on: 'a CPU' }, runs: [run], pictures: [] },
  };
  const page = writeReproduction({ version: 1, recipes });
  expect(page).toContain('**These are runs of 1,000 images');
  expect(page).toContain('| Latentkit | 42 | 1 | 1 | 2.00 | | | 3.00 | | | 4 |');
});

test('rows that are none are refused by their name', () => {
  const where = 'reproduction.json';
  expect(() => parseReproduction({ version: 2, recipes: {} }, where)).toThrow('reproduction.json: version');
  const lines = '{"recipe": "mlp-mse", "seed": 0}';
  expect(() => parsePeers(lines, findRecipe('mlp-mse'), 'peers')).toThrow('peers, line 1: epoch');
});

test('each run has its own list of rate changes, however many others have', () => {
  const rates = (learningRates: readonly number[], seed: number) => ({
    ...{ seed, trainImages: 60_000, keptEpoch: 1, isFinished: false },
    rows: learningRates.map((learningRate, i) => ({
      ...{ epoch: i + 1, loss: 2, valLoss: 3, seconds: 1, learningRate },
    })),
  });
  const runs = [rates([0.4, 0.4, 0.2, 0.2, 0.2, 0.1], 42), rates([0.4, 0.4, 0.4, 0.2, 0.2, 0.2], 43)];
  const recipes = { 'keras-conv': { date: '2026-01-01', environment: {}, runs, pictures: [] } };
  const page = writeReproduction({ version: 1, recipes });
  expect(page).toContain('| rate halved after epochs | 41, 56, 64, 68, 78, 81 | 2, 5; 3 | |');
});

test('says of how many test images a likelihood is, and how many were told right', () => {
  const run = { seed: 42, trainImages: 60_000, keptEpoch: 10, isFinished: true };
  const rows = Array.from({ length: 10 }, (_, i) => ({
    ...{ epoch: i + 1, loss: 2, valLoss: 3, seconds: 1, learningRate: 0.1, valAccuracy: 0.05 * (i + 1) },
  }));
  const of = (more: object) => ({
    date: '2026-01-01',
    environment: {},
    runs: [{ ...run, rows, ...more }],
    pictures: [],
  });
  const recipes = {
    'iwae-5': of({ evaluation: { seconds: 1, values: { nll: 90 } } }),
    'standard-prior': of({ evaluation: { seconds: 1, values: { nll: 97 } } }),
    'm2-100': of({}),
    'cvae-400-20': of({}),
  };
  const page = writeReproduction({ version: 1, recipes });
  expect(page).toContain('| -log p of the first 1,000 test images | 85.54 | 90 | |');
  expect(page).toContain('| -log p of the first 1,000 test images | | 97 | |');
  expect(page).toContain('| test images told right | 0.8803 | 0.5000 | |');
  expect(page).toContain('| loss of the test images | 98.49 | 3 | |');
});
