import { stripVTControlCharacters } from 'node:util';
import { startWasmBackend } from '@latentkit/backend';
import type { Dataset } from '@latentkit/core';
import { type ExperimentConfig, modelSpecOf } from '@latentkit/experiment';
import { loadDataset } from '@latentkit/experiment/node';
import { createModel } from '@latentkit/models';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { resolveConfig } from '../resolve-config.ts';
import { createPreview, type PreviewOptions } from './preview.ts';

let config: ExperimentConfig;
let dataset: Dataset;

beforeAll(async () => {
  await startWasmBackend();
  config = await resolveConfig({ limit: 100, epochs: 1 });
  dataset = await loadDataset(config.dataset);
});
afterEach(() => void vi.restoreAllMocks());

/** What a terminal gets at the end of a run whose weights are the initial ones. */
async function preview(mode: PreviewOptions['mode'], width: number): Promise<string> {
  let screen = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    screen += text;
    return true;
  });
  const sink = createPreview({ config, dataset, mode, line: { clear: () => {}, width } });
  const weights = createModel(modelSpecOf(config, dataset.train.shape)).initialize(1);
  const row = { epoch: 1, loss: 1, valLoss: 1, learningRate: 1, seconds: 1 };
  await sink({ type: 'epoch', ...row });
  await sink({ type: 'end', reason: 'completed', epoch: 1, weights, history: [row] });
  return screen;
}

describe.each([
  [77, 5],
  [37, 2],
  [197, 10],
])('on %d columns', (width, images) => {
  it(`half blocks draw ${images} images in a row, each as it was, half as wide`, async () => {
    const lines = stripVTControlCharacters(await preview('blocks24', width)).split('\n');
    const title = lines.indexOf('Kept epoch 1: images it never learned from, over what it makes of them');
    expect(lines[title + 1]).toBe(Array.from({ length: images }, () => '▀'.repeat(14)).join(' '));
    const drawn = lines.filter((line) => /^[▀▄ ]+$/.test(line));
    for (const line of drawn) expect(line.length).toBeLessThanOrEqual(width);
    expect(drawn).toHaveLength(15 + 7); // two rows of 14 pixels with one between them; one row of samples
  });
});

it.each([
  ['kitty', '_Ga=T,f=100,q=2,c=74,m=1;iVBORw0KGgo'],
  ['iterm', ';width=74;preserveAspectRatio=1:iVBORw0KGgo'],
] as const)('by the protocol of %s a terminal gets two PNGs', async (mode, head) => {
  expect((await preview(mode, 77)).split(head)).toHaveLength(3);
});
