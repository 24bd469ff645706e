import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

const folder = process.env.LATENTKIT_MNIST_DIR;

test('keras-dense learns from the real MNIST', async (context) => {
  if (!folder) context.skip('set LATENTKIT_MNIST_DIR to a folder with the four files of MNIST');
  const run = ['--limit', '2000', '--epochs', '1', '--json', '--out', join(temporaryFolder(), 'run')];
  const args = ['train', '--recipe', 'keras-dense', '--dataset', 'mnist', '--data-dir', folder!, ...run];
  const { code, stdout, stderr } = await runHere(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const rows = jsonRows(stdout);
  expect(rows[0]).toMatchObject({
    type: 'start',
    trainImages: 2000,
    validationImages: 333,
    parameters: 807_700,
  });
  expect(rows[1].valLoss).toBeLessThan(400); // 545 untrained
});
