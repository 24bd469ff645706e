import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { formatBytes } from '@latentkit/core';
import { enableRevectorization } from '@latentkit/kernels/nn';
import { whyNotFused } from '@latentkit/kernels/nn-fused';
import type { Check } from './finding.ts';

const LITTLE_MEMORY = 500e6;
/** A function that returns a vector: the least that SIMD is needed for. */
const SIMD_MODULE = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
];

export const nodeCheck: Check = {
  name: 'node',
  title: 'Node',
  async look() {
    const manifest = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
    const { engines, version } = JSON.parse(manifest) as { version: string; engines: { node: string } };
    return judgeNode(process.versions.node, engines.node.replace('>=', ''), version);
  },
};

/** Whether a version of Node is as new as it must be. */
export function judgeNode(have: string, need: string, latentkit: string) {
  const [major = 0, minor = 0] = have.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = need.split('.').map(Number);
  const isSupported = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  const values = { version: have, needed: need, latentkit, supported: isSupported };
  const text = `${have}; Latentkit ${latentkit}`;
  if (isSupported) return { status: 'ok' as const, text, values };
  return {
    status: 'missing' as const,
    text,
    values,
    fix: `Install Node ${need} or newer: https://nodejs.org`,
  };
}

export const processorCheck: Check = {
  name: 'processor',
  title: 'Processor',
  async look() {
    const model = cpus()[0]?.model.trim() || process.arch;
    const values = {
      model,
      arch: process.arch,
      cores: availableParallelism(),
      memory: totalmem(),
      freeMemory: freemem(),
    };
    const cores = `${values.cores} core${values.cores === 1 ? '' : 's'}`;
    const text = `${model}, ${cores}; ${formatBytes(values.freeMemory)} of ${formatBytes(values.memory)} memory free`;
    if (values.freeMemory >= LITTLE_MEMORY) return { status: 'ok', text, values };
    return {
      status: 'note',
      text,
      values,
      fix: 'Close other programs: large datasets and models take hundreds of megabytes',
    };
  },
};

export const simdCheck: Check = {
  name: 'simd',
  title: 'SIMD',
  async look() {
    const available = WebAssembly.validate(Uint8Array.from(SIMD_MODULE));
    if (available)
      return { status: 'ok', text: 'WebAssembly computes four numbers at once', values: { available } };
    return {
      ...{ status: 'missing', text: 'this engine has no WebAssembly SIMD', values: { available } },
      fix: 'Use a processor of this century with SSE4.1 or NEON, and Node without --jitless or --no-wasm-simd',
    };
  },
};

export const threadsCheck: Check = {
  name: 'threads',
  title: 'Threads',
  async look() {
    const cores = availableParallelism();
    const reason = typeof SharedArrayBuffer === 'undefined' ? 'no SharedArrayBuffer' : await whyNoWorker();
    const values = { available: reason === undefined, cores };
    if (reason !== undefined) {
      const fix =
        'Training works on one thread, with the same bits; start Node without flags that forbid workers';
      return { status: 'note', text: `threads cannot share memory here: ${reason}`, values, fix };
    }
    const text =
      cores === 1 ? 'one core, so training has one thread' : `training shares memory over ${cores} threads`;
    return { status: 'ok', text, values };
  },
};

/** Starts one that does nothing. */
async function whyNoWorker(): Promise<string | undefined> {
  try {
    const worker = new Worker('', { eval: true });
    await new Promise((resolve, reject) => void worker.once('exit', resolve).once('error', reject));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const revectorizationCheck: Check = {
  name: 'revectorization',
  title: 'Wide SIMD',
  async look() {
    const isOn = enableRevectorization();
    const values = { on: isOn, v8: process.versions.v8 };
    if (isOn) return { status: 'ok', text: 'V8 joins pairs of SIMD operations (AVX)', values };
    if (process.env.LATENTKIT_REVECTORIZE === '0') {
      return {
        status: 'note',
        text: 'turned off by LATENTKIT_REVECTORIZE=0',
        values,
        fix: 'Unset it: products are up to 1.6 times as fast',
      };
    }
    if (process.arch !== 'x64') return { status: 'ok', text: `there is none on ${process.arch}`, values };
    return {
      status: 'note',
      text: `not with V8 ${process.versions.v8}`,
      values,
      fix: 'Use Node 24: products are up to 1.6 times as fast',
    };
  },
};

export const fusedCheck: Check = {
  name: 'fused',
  title: 'Fused sums',
  async look() {
    const obstacle = whyNotFused();
    const values = { available: obstacle === undefined };
    // Nothing is amiss without: it is an option that few want.
    if (obstacle !== undefined) return { status: 'ok', text: `no --arithmetic fused: ${obstacle}`, values };
    return { status: 'ok', text: 'train --arithmetic fused works here: quicker, to other bits', values };
  },
};
