import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type EngineName, listEngines, parseEngineNames, pythonNeeds } from './engine-catalog.ts';

const PYTHONS = new Map<EngineName, string>([
  ['pytorch', 'torch/bin/python'],
  ['jax', 'peers/bin/python'],
]);
const OPTIONS = { workloadPath: 'workload.json', workers: [1, 4], pythons: PYTHONS };

test('those that can have several threads run with each number of them, in each variant', () => {
  const titles = listEngines(['pytorch', 'latentkit', 'jax', 'jax-js'], OPTIONS).map(({ title }) => title);
  expect(titles).toEqual([
    ...['latentkit strict (1 worker)', 'latentkit strict (4 workers)'],
    ...['latentkit fused (1 worker)', 'latentkit fused (4 workers)'],
    ...['pytorch eager (1 thread)', 'pytorch compile (1 thread)'],
    ...['pytorch eager (4 threads)', 'pytorch compile (4 threads)'],
    ...['jax (1 thread)', 'jax (4 threads)', 'jax-js'],
  ]);
});

test('an engine in Python without an interpreter has no process', () => {
  expect(listEngines(['keras', 'latentkit'], { ...OPTIONS, workers: [1] })).toHaveLength(2);
});

test('an engine in Python gets its interpreter, and an allocator that keeps memory; its script is where it is published', () => {
  const engine = listEngines(['pytorch'], OPTIONS).at(-1)!;
  expect(engine).toMatchObject({
    command: 'torch/bin/python',
    env: { OMP_NUM_THREADS: '4', OPENBLAS_NUM_THREADS: '4', MALLOC_MMAP_THRESHOLD_: '33554432' },
  });
  const [script, ...args] = engine.args;
  expect(existsSync(script!)).toBe(true);
  expect(args).toEqual(['workload.json', 'compile', '4']);
});

test('what is asked of interpreters is what the wanted engines import', () => {
  expect(Object.keys(pythonNeeds(['latentkit', 'keras', 'pytorch']))).toEqual(['pytorch', 'keras']);
  expect(pythonNeeds(['latentkit', 'tfjs-cpu'])).toEqual({});
});

test('a list of engines is parsed, a mistyped one mended', () => {
  expect(parseEngineNames('latentkit, tfjs-wasm')).toEqual(['latentkit', 'tfjs-wasm']);
  expect(() => parseEngineNames('latentkit,pytoch')).toThrow("no engine 'pytoch'. Did you mean 'pytorch'?");
});
