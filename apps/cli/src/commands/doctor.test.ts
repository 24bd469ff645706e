import { expect, test } from 'vitest';
import { jsonRows, runHere } from '../testing/run-here.ts';

test('tells what there is, a row a thing, and how fast training goes', async () => {
  const { code, stdout } = await runHere(['doctor']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok {7}Terminal {4}none here: a line an epoch, no colours, no pictures\n/);
  expect(stdout).toMatch(/\nok {7}Node {8}\d+\.\d+\.\d+; Latentkit /);
  expect(stdout).toMatch(
    /\nok {7}Speed {7}[\d,]+ images\/s in training: the default recipe takes about \d+ s\n$/,
  );
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('--json writes them as rows, --no-probe leaves the speed out', async () => {
  const { code, stdout, stderr } = await runHere(['doctor', '--no-probe', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const rows = jsonRows(stdout);
  expect(rows.map(({ name }) => name)).toEqual([
    ...['terminal', 'node', 'processor', 'simd', 'threads', 'revectorization', 'fused', 'datasets', 'disk'],
  ]);
  for (const row of rows)
    expect(row).toMatchObject({ status: expect.stringMatching(/^(ok|note)$/), values: {} });
});

test('what is missing and needed exits 1, saying what to do', async () => {
  const validate = WebAssembly.validate;
  WebAssembly.validate = () => false;
  const { code, stdout, stderr } = await runHere(['doctor', '--no-probe']).finally(() => {
    WebAssembly.validate = validate;
  });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'error: Latentkit cannot work like this: see SIMD above\n',
  });
  expect(stdout).toMatch(/\nmissing {2}SIMD {8}this engine has no WebAssembly SIMD\n {21}Use a processor/);
});
