import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listBrowserEngines } from './browser-engines.ts';

const OPTIONS = { workloadPath: 'folder/workload.json', pageFolder: 'page', workers: [1, 2] };

test('one thread is measured on a plain page, several on an isolated one; peers of Python are in none', () => {
  const engines = listBrowserEngines(['latentkit', 'pytorch', 'tfjs-wasm', 'jax-js'], OPTIONS);
  expect(engines.map(({ title }) => title)).toEqual([
    ...['latentkit on a page, plain (1 thread)', 'latentkit on a page, isolated (2 threads)'],
    ...['tfjs-wasm on a page, plain (1 thread)', 'tfjs-wasm on a page, isolated (2 threads)'],
    'jax-js on a page, plain (1 thread)',
  ]);
});

test('the script of such an engine is where it is published, and its browser leaves nothing behind', () => {
  const [engine] = listBrowserEngines(['tfjs-cpu'], OPTIONS);
  const [script, ...args] = engine!.args;
  expect(existsSync(script!)).toBe(true);
  expect(args.slice(0, 5)).toEqual(['folder/workload.json', 'page', 'tfjs-cpu', '1', 'plain']);
  expect(engine!.env).toEqual({ TMPDIR: 'folder' });
});
