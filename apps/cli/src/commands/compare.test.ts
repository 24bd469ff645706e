import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonRows, runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ one: {}, four: { beta: 4 } });

test('shows the settings that differ first, then losses, epochs and time', async () => {
  const { code, stdout, stderr } = await runHere(['compare', 'one', 'four'], { cwd });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^Note: [^\n]* do not compare;[^\n]*\n$/),
  });
  const [titles, first, empty, second] = stdout.split('\n');
  expect(titles).toMatch(/^setting +one +four$/);
  expect(first).toMatch(/^training\.beta +1 +4$/);
  expect(empty).toBe('');
  expect(second).toMatch(/^validation loss +[\d.]+ +[\d.]+$/);
  for (const name of ['KL', 'ELBO, at beta 1', 'epoch kept', 'time of all epochs'])
    expect(stdout).toContain(name);
});

test('writes a page with pictures, or without', async () => {
  const { code, stdout, stderr } = await runHere(['compare', 'one', 'four', '--out', 'page.html', '--json'], {
    cwd,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(jsonRows(stdout)).toMatchObject([
    { runs: [{ name: 'one' }, { name: 'four' }], settings: [{ name: 'training.beta', values: [1, 4] }] },
  ]);
  const images = (page: string) => readFileSync(join(cwd, page), 'utf8').match(/<img /g)!.length;
  expect(images('page.html')).toBe(3);
  const bare = await runHere(['compare', 'one', 'four', '--out', 'new/bare.html', '--no-pictures'], { cwd });
  expect(bare.stderr).toMatch(/^Note: Losses under different weights[^\n]*\nDone. Open new\/bare.html\n$/);
  expect(images('new/bare.html')).toBe(1);
});

test('one run alone, and none, are told in a line, and nothing is written', async () => {
  const before = readdirSync(cwd);
  const alone = await runHere(['compare', 'one', '--out', 'alone.html'], { cwd });
  expect(alone).toMatchObject({ code: 2, stdout: '' });
  expect(alone.stderr).toMatch(/^error: compareRuns: expected two runs at least, got 1\n$/);
  const none = await runHere(['compare', 'one', 'nowhere', '--out', 'gone/none.html'], { cwd });
  expect(none).toMatchObject({ code: 1, stdout: '' });
  expect(none.stderr).toMatch(/^error: there is no folder nowhere\. [^\n]*\n$/);
  expect(readdirSync(cwd)).toEqual(before);
});
