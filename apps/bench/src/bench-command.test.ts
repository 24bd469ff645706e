import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runArguments } from '@latentkit/terminal';
import { type ProgramOptions, runInProcess, spawnProgram, temporaryFolder } from '@latentkit/testing/node';
import { expect, test } from 'vitest';
import { benchCommand, PROGRAM } from './bench-command.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const runBench = (args: readonly string[], options?: ProgramOptions) => spawnProgram(MAIN, args, options);
const OURS = ['--engines', 'latentkit', '--workers', '1', '--quick'];

test('bench writes the machine, rows of one schema, the ceiling and a summary', async () => {
  const { code, stdout, stderr } = await runBench([...OURS, '--filter', 'gemm/256', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [machine, row, fused, ceiling, summary, ...more] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(more).toEqual([]);
  expect(machine).toMatchObject({
    type: 'machine',
    node: process.versions.node,
    versions: { tfjs: '4.22.0' },
  });
  expect(Object.keys(row)).toEqual([
    ...[
      'name',
      'engine',
      'how',
      'workers',
      'msMedian',
      'msP10',
      'msP90',
      'gflops',
      'loss',
      'ratioToBest',
      'bestPeer',
      'ratioToPyTorch',
      'ratioToTfjsWasm',
    ],
  ]);
  expect(row).toMatchObject({
    name: 'gemm/256x512x784',
    engine: 'latentkit',
    how: 'strict',
    workers: 1,
    ratioToPyTorch: null,
  });
  expect(fused).toMatchObject({ name: row.name, engine: 'latentkit', how: 'fused', bestPeer: null });
  expect(row.gflops).toBeCloseTo((2 * 256 * 512 * 784) / row.msMedian / 1e6);
  expect(ceiling).toEqual({ type: 'ceiling', gflops: row.gflops, name: row.name, workers: 1 });
  expect(summary).toEqual({
    ...{ type: 'summary', shareOfCeiling: {}, scaling: [], notes: [] },
    memory: ['strict', 'fused'].map((how) => ({
      ...{ engine: 'latentkit', how, workers: 1, peakBytes: expect.any(Number) },
    })),
  });
  expect(summary.memory[0].peakBytes).toBeGreaterThan(3e7); // no Node is smaller
});

test('bench measures training, codes and images of the dense model, shows a table and writes a page', async () => {
  const page = join(temporaryFolder(), 'new', 'page.md');
  const { code, stdout, stderr } = await runBench([...OURS, '--filter', 'dense', '--out', page]);
  expect(code).toBe(0);
  const [header, ...rows] = stdout.trimEnd().split('\n');
  expect(header).toMatch(
    /^row +engine +how +workers +ms +p10 ms +p90 ms +GFLOP\/s +vs best +best peer +vs torch +vs tfjs$/,
  );
  expect(rows.map((row) => row.split(' ')[0])).toEqual([
    ...['train-step/keras-dense', 'train-step/keras-dense', 'encode/keras-dense', 'encode/keras-dense'],
    ...['decode/keras-dense', 'decode/keras-dense'],
  ]);
  for (const row of rows) expect(row).toHaveLength(header!.length);
  expect(stderr).toMatch(/; Node .*\ntfjs 4\.22\.0\n[\s\S]*Done in/);
  const written = readFileSync(page, 'utf8');
  expect(written).toContain(
    '`pnpm bench --engines latentkit --workers 1 --quick --filter dense --out PATH` wrote',
  );
  expect(written.match(/^\| (train-step|encode|decode)/gm)).toHaveLength(6);
});

test('Ctrl-C ends bench at once with 130', async () => {
  const { code, stdout, stderr } = await runBench(
    [...OURS, '--rounds', '9999', '--filter', 'gemm', '--json'],
    {
      interrupt: { when: '"type":"machine"' },
    },
  );
  expect(code).toBe(130);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toBe('Stopped; the rows so far are complete.\n');
});

test.each([
  [['--filter', 'gpu'], "no row's name holds 'gpu'. Rows: train-step/keras-dense, "],
  [['--engines', 'tfjs'], "there is no engine 'tfjs'"],
  [['--rounds', '0'], 'It must be a whole number of at least 1'],
  [['--workers', '1,0'], 'It must be a whole number from 1 to 256'],
  [
    ['--python', '/nowhere/python3', '--filter', 'gemm'],
    '--python /nowhere/python3 is no interpreter of Python',
  ],
])('bench %j is a wrong usage', async (args, expected) => {
  const { code, stdout, stderr } = await runInProcess(() => runArguments(benchCommand(), PROGRAM, args));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(expected);
});
