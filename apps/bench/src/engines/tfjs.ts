// An engine of `pnpm bench`: tfjs as it ships, with none of our kernels. Arguments: the workload's file, wasm or cpu.
import * as tf from '@tensorflow/tfjs-core';
import { readWorkload } from './read-workload.ts';
import { serveRows } from './serve-rows.ts';
import { type TfjsBackend, tfjsEngineRows } from './tfjs-engine-rows.ts';

const [workloadPath, backend] = process.argv.slice(2) as [string, TfjsBackend];
// In Node, tfjs finds its own .wasm files, and keeps its threads off.
if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
else await import('@tensorflow/tfjs-backend-cpu');
if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start its ${backend} backend`);
await serveRows(tfjsEngineRows(backend, readWorkload(workloadPath)));
