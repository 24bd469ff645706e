import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {} });
const FALSE_ALARMS = ['--false-alarms', '0.2']; // the run has 8 validation images

test('ranks a dataset, shows the oddest and writes a CSV, a picture, a report and the detector', async () => {
  const args = [
    'anomalies',
    'run',
    'digits',
    '--limit',
    '60',
    '--worst',
    '5',
    '--anomalous',
    '1',
    ...FALSE_ALARMS,
  ];
  const { code, stdout, stderr } = await runHere(args, { cwd });
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toMatch(/^image +score +anomaly +class$/);
  expect(stdout.trimEnd().split('\n')).toHaveLength(6);
  expect(stderr).toMatch(/of 60 validation images of digits score above \d/);
  expect(stderr).toMatch(/AUROC 0\.\d{4}/);
  const read = (name: string) => readFileSync(join(cwd, 'run', 'anomalies', name), 'utf8');
  const rows = read('scores.csv').trimEnd().split('\n');
  expect(rows[0]).toBe('rank,index,score,anomaly,label');
  const scores = rows.slice(1).map((row) => Number(row.split(',')[2]));
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(scores).toHaveLength(60);
  expect(read('report.html')).toContain('The oddest images');
  expect(read('worst.svg')).toContain('The 5 oddest images');
  expect(JSON.parse(read('detector.json'))).toMatchObject({ version: 1, score: 'elbo', examples: 8 });
});

test('--json tells scores on stdout; another folder is never overwritten unasked', async () => {
  const args = ['anomalies', 'run', 'digits', '--limit', '10', '--json', '--out', 'odd', ...FALSE_ALARMS];
  const { stdout } = await runHere(args, { cwd });
  expect(JSON.parse(stdout).ranked).toHaveLength(10);
  const again = await runHere(args, { cwd });
  expect(again.stderr).toContain('odd holds scores.csv already');
});

test('too few ordinary examples for a share are told with what there must be', async () => {
  const { code, stderr } = await runHere(['anomalies', 'run', 'digits', '--limit', '5'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('8 clean examples cannot tell a share of 0.01: it takes 99 at least');
});
