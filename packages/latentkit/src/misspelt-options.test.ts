import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryRunStore } from '@latentkit/experiment/store';
import { afterAll, expect, it } from 'vitest';
import * as latentkit from './index.ts';
import * as node from './node.ts';
import { renderPng } from './png.ts';

const folder = mkdtempSync(join(tmpdir(), 'latentkit-options-'));
afterAll(() => rmSync(folder, { recursive: true }));

const images = new Uint8Array(4);
const points = { data: Float32Array.of(0, 1, 2, 3, 4, 5), count: 3, dimensions: 2 };
const image = { height: 1, width: 1, channels: 1 };
const first = (events: AsyncGenerator<unknown>) => events.next();

/** From JavaScript, where no type says what there is. */
type Anything = Record<string, (...given: unknown[]) => unknown>;
const api = { ...latentkit, ...node, renderPng } as unknown as Anything;

/** What comes before the options. */
const BEFORE: Readonly<Record<string, readonly unknown[]>> = {
  checkRunDirectory: [join(folder, 'run')],
  compareRuns: [[folder, folder]],
  createAccelerator: [],
  createNeighborSearch: [points],
  createPca: [points],
  createRunDirectory: [join(folder, 'run')],
  createTsne: [points],
  createUmap: [points],
  diagnose: [],
  digitsDataset: [],
  drawLatentGrid: [{ rows: 1, columns: 1, images, shape: image }],
  drawReconstructions: [{ originals: images, reconstructions: images, shape: image }],
  drawRunFigures: [],
  drawSamples: [{ images, shape: image }],
  encodeRun: [folder],
  evaluateRun: [folder],
  findLeftovers: [folder],
  fromArrays: [images, image],
  generateDigits: [],
  loadDataset: [{ name: 'digits' }],
  loadFashionMnist: [],
  loadMnist: [],
  loadRunDataset: [folder],
  measureQuality: [points, points],
  parseCsv: ['1,2'],
  plotKlByDimension: [{ kl: [1] }],
  plotLatentScatter: [{ x: [1], y: [1] }],
  plotLossCurves: [[{ epoch: 1, loss: 1 }]],
  plotProjections: [[{ name: 'PCA', embedding: points.data }]],
  projectPoints: [points],
  readCodes: [join(folder, 'none.csv')],
  readArraysDataset: [join(folder, 'none.npy')],
  readLabels: [join(folder, 'none.npy')],
  readVectors: [join(folder, 'none.npy')],
  renderPng: ['<svg/>'],
  reportOfRun: [createMemoryRunStore().files('none')],
  reportRun: [folder],
  reproduce: [],
  resumeExperiment: [],
  runExperiment: [],
  splitImages: [{ shape: image, count: 4, images }],
  startWasmBackend: [],
  svgToPng: ['<svg/>'],
  train: [],
};
const GENERATORS = [
  ...[
    'diagnose',
    'findLeftovers',
    'projectPoints',
    'reproduce',
    'resumeExperiment',
    'runExperiment',
    'train',
  ],
];

it.each(Object.entries(BEFORE))('%s knows no option that there is not', async (name, before) => {
  const call = async () => {
    const result = api[name]!(...before, { whatIsThis: 1 });
    return GENERATORS.includes(name) ? first(result as AsyncGenerator<unknown>) : result;
  };
  await expect(call()).rejects.toMatchObject({
    code: 'E_CONFIG',
    message: expect.stringContaining('there is no option whatIsThis'),
  });
});
