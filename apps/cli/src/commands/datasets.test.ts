import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

test('datasets lists them, the default first, and whether they are here', async () => {
  const cache = temporaryFolder();
  const read = async () => {
    const { code, stdout, stderr } = await runHere(['datasets', '--json'], {
      env: { LATENTKIT_CACHE: cache },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return jsonRows(stdout).map(({ name, available }) => [name, available]);
  };
  expect(await read()).toEqual([
    ['digits', true],
    ['mnist', false],
    ['fashion-mnist', false],
    ['kmnist', false],
    ['shapes', true],
  ]);
  mkdirSync(join(cache, 'mnist'));
  for (const name of ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1']) {
    writeFileSync(join(cache, 'mnist', `${name}-ubyte.gz`), '');
  }
  expect((await read())[1]).toEqual(['mnist', true]);
  const { stdout } = await runHere(['datasets'], { env: { LATENTKIT_CACHE: cache } });
  expect(stdout).toMatch(/^digits .*\n.*10,000 training, 2,000 validation images/);
  expect(stdout).toMatch(/^mnist .*\n.*60,000 training, 10,000 test images/m); // theirs is a test set
});
