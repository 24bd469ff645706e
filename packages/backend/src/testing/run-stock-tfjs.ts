// Prints what a backend of tfjs as it is published makes of its defects, as JSON.
// Run: node run-stock-tfjs.ts wasm|cpu
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { TFJS_DEFECTS } from './tfjs-defects.ts';

await tf.setBackend(process.argv[2]!);
const results = Object.entries(TFJS_DEFECTS).map(([name, compute]) => [name, [...compute(tf).dataSync()]]);
process.stdout.write(JSON.stringify(Object.fromEntries(results)));
