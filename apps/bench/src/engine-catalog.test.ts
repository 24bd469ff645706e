import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listEngines, parseEngineNames } from './engine-catalog.ts';

const OPTIONS = { workloadPath: 'workload.json', workers: 4 };

test('Latentkit and PyTorch run with one thread and with all', () => {
  const titles = listEngines(['pytorch', 'latentkit', 'jax-js'], OPTIONS).map(({ title }) => title);
  expect(titles).toEqual([
    ...[
      'latentkit (1 worker)',
      'latentkit (4 workers)',
      'pytorch (1 thread)',
      'pytorch (4 threads)',
      'jax-js',
    ],
  ]);
});

test('on one core they run once', () => {
  expect(listEngines(['latentkit', 'pytorch'], { ...OPTIONS, workers: 1 })).toHaveLength(2);
});

test("PyTorch's threads wait without spinning, and its script is where it is published", () => {
  const [, engine] = listEngines(['pytorch'], { ...OPTIONS, python: '/opt/python' });
  expect(engine).toMatchObject({
    command: '/opt/python',
    env: { OMP_NUM_THREADS: '4', OPENBLAS_NUM_THREADS: '4', OMP_WAIT_POLICY: 'passive' },
  });
  expect(existsSync(engine!.args[0]!)).toBe(true);
});

test('a list of engines is parsed, a mistyped one mended', () => {
  expect(parseEngineNames('latentkit, tfjs-wasm')).toEqual(['latentkit', 'tfjs-wasm']);
  expect(() => parseEngineNames('latentkit,pytoch')).toThrow("no engine 'pytoch'. Did you mean 'pytorch'?");
});
