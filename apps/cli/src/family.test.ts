import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { ImageSet } from '@latentkit/core';
import { limitImages } from '@latentkit/datasets';
import { loadDataset } from '@latentkit/experiment/node';
import { trainingOf } from '@latentkit/experiment/store';
import { train } from '@latentkit/trainers';
import { Command } from 'commander';
import { afterAll, expect, it } from 'vitest';
import { addRunOptions } from './options.ts';
import { resolveConfig } from './resolve-config.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 1 });
afterAll(() => accelerator.close());

/** The commands that a page of docs has between backticks, but for those that want files of the reader's. */
function commandsOf(page: string): string[] {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  const quoted = [...text.matchAll(/^\|.*/gm)].flatMap(([line]) => [...line.matchAll(/`(train\b[^`]*)`/g)]);
  return quoted.map((match) => match[1]!).filter((command) => !command.includes('--data '));
}

const commands = [...new Set([...commandsOf('family.md'), ...commandsOf('family-checks.md')])];

it('the pages have commands', () => {
  expect(commands).toContain('train --beta 4');
  expect(commands.length).toBeGreaterThan(25);
});

it.each(commands)('%s trains', async (command) => {
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  const args = words.split('\0').slice(1, -1);
  const options = addRunOptions(new Command()).parse(args, { from: 'user' }).opts();
  const config = await resolveConfig({ ...options, limit: 32, batchSize: 16 });
  const few = { ...config.dataset, ...(config.dataset.labels && { labels: 20, labelledShare: 0.7 }) };
  const { train: learned, validation } = await loadDataset(few);
  const dataset = { name: few.name, train: learned, validation: limitImages(validation as ImageSet, 16) };
  for await (const event of train({ ...trainingOf(config, dataset), accelerator })) {
    if (event.type !== 'epoch') continue;
    expect(Number.isFinite(event.loss)).toBe(true);
    break; // of many, as it learns by now
  }
});
