import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from './start-wasm-backend.ts';
import { TFJS_DEFECTS } from './testing/tfjs-defects.ts';

await startWasmBackend();

const program = fileURLToPath(new URL('./testing/run-stock-tfjs.ts', import.meta.url));
const stock = (backend: string): Record<string, number[]> =>
  JSON.parse(
    execFileSync(process.execPath, [program, backend], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
const onCpu = stock('cpu');
const onWasm = stock('wasm');

describe.each(Object.entries(TFJS_DEFECTS))('%s', (name, compute) => {
  it('is right with our kernels', () => {
    expectClose(compute(tf).dataSync(), onCpu[name]!);
  });

  // When this fails, tfjs has mended its kernel, and ours may go if it is no faster.
  it("is wrong in tfjs's own WASM backend", () => {
    expect(onWasm[name]).not.toEqual(onCpu[name]);
  });
});
