// Trains recipes in a process of its own, as V8's flag is the process's, and prints what came of it as JSON.
// Run: node train.js '{ "workers": 2, "revectorize": true, "recipes": ["keras-dense"] }'; no workers: eagerly
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { enableRevectorization } from '@latentkit/kernels/nn';
import { trainAndHash } from '../src/index.ts';

const { workers, revectorize, recipes } = JSON.parse(process.argv[2]);
const start = async () => {
  if (workers !== undefined) return createAccelerator({ workers, revectorize });
  enableRevectorization({ enabled: revectorize });
  await startWasmBackend();
};
const accelerator = await start();
const traces = {};
for (const recipe of recipes) traces[recipe] = await trainAndHash(recipe, accelerator);
console.log(JSON.stringify({ node: process.version, workers: accelerator?.workers, traces }));
await accelerator?.close();
