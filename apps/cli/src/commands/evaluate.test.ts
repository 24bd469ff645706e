import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {} });
const written = () => readFileSync(join(cwd, 'run', 'evaluation.json'), 'utf8');

test("the run's own validation images have the loss that the run printed", async () => {
  const { code, stdout } = await runHere(['evaluate', 'run', '--set', 'validation', '--json'], { cwd });
  expect(code).toBe(0);
  expect(written()).toBe(stdout);
  const { metrics, of, available } = JSON.parse(stdout);
  expect({ of, available }).toEqual({ of: 'validation images of digits', available: 8 }); // of 40 of 10,000
  const rows = readFileSync(join(cwd, 'run', 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(metrics[0]).toMatchObject({ name: 'negativeElbo', value: JSON.parse(rows.at(-1)!).valLoss });
});

test('a table by class goes to stdout, and where everything is to stderr', async () => {
  const { code, stdout, stderr } = await runHere(['evaluate', 'run', '--limit', '40', '--samples', '2'], {
    cwd,
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Negative ELBO +\d+\.\d+ +± \d/);
  expect(stdout).toContain('2 latent samples an image');
  expect(stdout.split('\n\n')[1]).toMatch(
    /^class +images +neg\. ELBO +reconstruction +KL +MSE a pixel +squared error\n0 /,
  );
  expect(stderr).toContain('the first 40 validation images of digits');
  expect(stderr).toContain(`Wrote ${join('run', 'evaluation.json')}`);
  expect(JSON.parse(written())).toMatchObject({ images: 40, samples: 2, available: 2000 });
});

test('--out - writes to stdout alone, --out FILE there', async () => {
  const before = written();
  const { stdout } = await runHere(['evaluate', 'run', '--limit', '5', '--out', '-'], { cwd });
  expect(JSON.parse(stdout).images).toBe(5);
  await runHere(['evaluate', 'run', '--limit', '6', '--out', 'new/mine.json'], { cwd });
  expect(JSON.parse(readFileSync(join(cwd, 'new', 'mine.json'), 'utf8')).images).toBe(6);
  expect(written()).toBe(before);
});
