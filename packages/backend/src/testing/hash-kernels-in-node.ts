// Prints the kernels' hash, or posts it when run as a worker thread. Imports the built package by its name.
import { parentPort } from 'node:worker_threads';
import { startWasmBackend } from '@latentkit/backend';
import { hashKernels } from './hash-kernels.ts';

await startWasmBackend();
const hash = hashKernels();
if (parentPort) parentPort.postMessage(hash);
else process.stdout.write(hash);
