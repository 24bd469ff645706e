import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

test.each([
  ['digits-dense', '470,426'],
  ['keras-dense', '807,700'],
  ['keras-conv', '134,165'],
  ['mlp-mse', '652,824'],
  ['autoencoder', '222,384'],
])('summary of %s ends with %s parameters', async (recipe, total) => {
  const { code, stdout, stderr } = await runHere(['summary', '--recipe', recipe]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `${recipe} for digits\n` });
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^total +${total}$`));
});

test('summary takes its sizes from --config and flags', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'my.json'), '{"recipe": "keras-dense", "model": {"latentDim": 8}}');
  const read = async (...flags: string[]) => {
    const { stdout, stderr } = await runHere(['summary', '--config', 'my.json', '--json', ...flags], { cwd });
    expect(stderr).toBe('');
    return JSON.parse(stdout).encoder.at(-1);
  };
  expect(await read()).toMatchObject({ name: 'encoder.logVar', outputShape: '[batch, 8]' });
  expect(await read('--latent-dim', '3')).toMatchObject({ outputShape: '[batch, 3]' });
});
