import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from './start-wasm-backend.ts';
import { fresh, node } from './testing/fresh.ts';
import { hashKernels } from './testing/hash-kernels.ts';

await startWasmBackend();

const hashProgram = new URL('./testing/hash-kernels-in-node.ts', import.meta.url);
describe('startWasmBackend', () => {
  it('makes wasm the current backend, with the same kernels at every call', async () => {
    const kernels = () => tf.getKernelsForBackend('wasm').map(({ kernelFunc }) => kernelFunc);
    const [backend, before] = [tf.backend(), kernels()];
    await startWasmBackend();
    expect(tf.getBackend()).toBe('wasm');
    expect(tf.backend()).toBe(backend);
    expect(kernels()).toEqual(before);
  });

  it('comes back from another backend with its tensors', async () => {
    const x = tf.tensor2d([[1, 2]]);
    await tf.setBackend('cpu');
    await startWasmBackend();
    expect([...tf.matMul(x, x, false, true).dataSync()]).toEqual([5]);
  });

  it('starts one tfjs however often it is called at once', () => {
    const program = `
      const entry = tf.engine().registryFactory.wasm;
      const factory = entry.factory;
      let starts = 0;
      entry.factory = () => { starts++; return factory(); };
      await Promise.all([startWasmBackend(), startWasmBackend(), startWasmBackend()]);
      await startWasmBackend();
      print([starts, tf.getBackend(), [...tf.matMul([[1, 2]], [[3], [4]]).dataSync()]]);`;
    expect(fresh(program)).toEqual([1, 'wasm', [11]]);
  });

  it("leaves no listeners of tfjs's on the process, and the program's own where they are", () => {
    const program = `
      const events = ['uncaughtException', 'unhandledRejection'];
      const own = () => {};
      process.on('uncaughtException', own);
      const started = startWasmBackend();
      const meanwhile = () => {};
      process.on('unhandledRejection', meanwhile);
      await started;
      print(events.map((event) => process.listeners(event).map((one) => one === own || one === meanwhile)));`;
    expect(fresh(program)).toEqual([[true], [true]]);
  });

  it('never lets tfjs use threads', () => {
    const program = `
      await startWasmBackend();
      print([tf.env().get('WASM_HAS_MULTITHREAD_SUPPORT'), tf.backend().wasm.asm.memory.buffer instanceof ArrayBuffer]);`;
    expect(fresh(program)).toEqual([false, true]);
  });

  it('says that an engine without SIMD will not do, and can be called again', () => {
    const program = `
      tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
      const error = await startWasmBackend().catch((reason) => reason);
      tf.env().set('WASM_HAS_SIMD_SUPPORT', true);
      await startWasmBackend();
      print([error.code, error.message, tf.getBackend()]);`;
    expect(fresh(program)).toEqual(['E_BACKEND', expect.stringContaining('no WebAssembly SIMD'), 'wasm']);
  });

  it('says that tfjs could not start', () => {
    const program = `
      tf.engine().registryFactory.wasm.factory = () => Promise.reject(new Error('broken'));
      const error = await startWasmBackend().catch((reason) => reason);
      print([error.code, error.message]);`;
    expect(fresh(program)).toEqual(['E_BACKEND', expect.stringContaining('could not start')]);
  });

  it('says that a tfjs that hides its memory will not do', () => {
    const program = `
      const entry = tf.engine().registryFactory.wasm;
      const factory = entry.factory;
      entry.factory = async () => {
        const backend = await factory();
        backend.wasm.asm = {};
        return backend;
      };
      const error = await startWasmBackend().catch((reason) => reason);
      print([error.code, error.message]);`;
    expect(fresh(program)).toEqual(['E_BACKEND', expect.stringContaining('hides its memory')]);
  });

  it('works after the backend was removed and registered anew', () => {
    const program = `
      await startWasmBackend();
      const factory = tf.findBackendFactory('wasm');
      tf.removeBackend('wasm');
      tf.registerBackend('wasm', factory);
      await startWasmBackend();
      print([...tf.matMul([[1, 2]], [[3], [4]]).dataSync()]);`;
    expect(fresh(program)).toEqual([11]);
  });
});

describe('the kernels', () => {
  it('give the same bits in a plain Node process', () => {
    expect(node(fileURLToPath(hashProgram))).toBe(hashKernels());
  });

  it('give the same bits in a worker thread', async () => {
    const worker = new Worker(hashProgram);
    const [hash] = await once(worker, 'message');
    await worker.terminate();
    expect(hash).toBe(hashKernels());
  });
});
