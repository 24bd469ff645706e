import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { expect, test } from 'vitest';
import { parseSetting } from '../settings.ts';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {}, told: { set: parseSetting('model.condition.classes=10') } });
/** Black images of 28 x 28, without classes. */
const npyOf = (count: number) => encodeNpy({ shape: [count, 28, 28], data: new Uint8Array(count * 784) });
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

test('a conditional run wants the classes of what it looks at', async () => {
  writeFileSync(join(cwd, 'bare.npy'), npyOf(2));
  const { code, stderr } = await runHere(['anomalies', 'told', 'bare.npy'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(
    'its model is conditional, and the images have no classes. Give a class for each with --labels FILE',
  );
});

test('too few ordinary examples for a share are told with what there must be, and by default tell what they can', async () => {
  const args = ['anomalies', 'run', 'digits', '--limit', '5', '--out', 'few'];
  const refused = await runHere([...args, '--false-alarms', '0.01'], { cwd });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('8 clean examples cannot tell a share of 0.01: it takes 99 at least');
  const { code, stderr } = await runHere(args, { cwd });
  expect([code, stderr]).toEqual([0, expect.stringContaining('no smaller share of false alarms than 0.112')]);
  expect(stderr).toContain('what 11.2% of ordinary images pass');
});

test("data of one's own: ordinary examples are those that the run was judged by, and classes have names", async () => {
  const lines = Array.from(
    { length: 60 },
    (_, i) => `${(i % 7) / 2},${i % 5},${i % 3},${i % 2 ? 'sick' : 'well'}`,
  );
  lines[10] = '1,,2,sick';
  writeFileSync(join(cwd, 'own.csv'), `a,b,c,label\n${lines.join('\n')}\n`);
  const train = [
    'train',
    '--data',
    'own.csv',
    '--missing',
    'drop',
    '--epochs',
    '1',
    '--batch-size',
    '20',
    '--eager',
  ];
  expect((await runHere([...train, '--out', 'own'], { cwd })).code).toBe(0);
  const found = await runHere(['anomalies', 'own', 'own.csv', '--anomalous', 'sick', '--json'], { cwd });
  expect(found.code).toBe(0);
  const { ranked, ranking } = JSON.parse(found.stdout);
  expect(ranking.map(({ name }: { name: string }) => name)).toEqual(['auroc', 'averagePrecision']);
  const numbers = ranked.map(({ index }: { index: number }) => index).sort((a: number, b: number) => a - b);
  expect(numbers).toEqual(Array.from({ length: 60 }, (_, i) => i).filter((i) => i !== 10)); // of the file
  for (const { index, label } of ranked) expect(label).toBe(index % 2 ? 'sick' : 'well');
  const unknown = await runHere(['anomalies', 'own', 'own.csv', '--anomalous', 'ill'], { cwd });
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Their classes: sick, well')]);

  const { stdout } = await runHere(['encode', 'own', '--data', 'own.csv'], { cwd });
  const codes = stdout
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  expect(codes.map(([index]) => Number(index))).toEqual(numbers);
  for (const [index, label] of codes) expect(label).toBe(Number(index) % 2 ? 'sick' : 'well');
  const part = await runHere(['encode', 'own', '--data', 'own.csv', '--set', 'validation'], { cwd });
  const judged = part.stdout.trimEnd().split('\n').slice(1);
  expect(judged).toHaveLength(6);
  const mapped = await runHere(['project', 'own', '--data', 'own.csv', '--methods', 'pca', '--out', 'maps'], {
    cwd,
  });
  expect(mapped.code).toBe(0);
  const coordinates = readFileSync(join(cwd, 'maps', 'coordinates.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  const firstTwo = (line: string) => line.split(',', 2);
  expect(coordinates.map(firstTwo)).toEqual(judged.map(firstTwo));
  for (const line of judged) expect(stdout).toContain(`\n${line.split(',', 4).join(',')}`);
});
