// A stranger's tfjs project: a loss of Latentkit and its gradient, on the backend they already have.
import {
  bernoulliNegativeLogLikelihood,
  klStandardNormal,
  meanOverBatch,
  weightedSum,
} from '@latentkit/losses';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';

await tf.setBackend('cpu');
const target = tf.tensor2d([[1, 0, 1]]);
const loss = (logits, mean, logVar) =>
  weightedSum([
    { value: meanOverBatch(bernoulliNegativeLogLikelihood(logits, target)), weight: 1 },
    { value: meanOverBatch(klStandardNormal(mean, logVar)), weight: 2 },
  ]);
const at = [tf.tensor2d([[0, 0, 0]]), tf.tensor2d([[1, -1]]), tf.tensor2d([[0, 0]])];
const { value, grads } = tf.valueAndGrads(loss)(at);

// In closed form: 3 ln 2 + 2 * 1; sigmoid(0) - x; 2 * mean; exp(0) - 1.
const expected = [3 * Math.LN2 + 2, -0.5, 0.5, -0.5, 2, -2, 0, 0];
const got = [value, ...grads].flatMap((tensor) => [...tensor.dataSync()]);
const error = Math.max(...got.map((number, i) => Math.abs(number - expected[i])));
if (got.length !== expected.length || !(error < 1e-6)) throw new Error(`expected ${expected}, got ${got}`);
console.log(`loss ${got[0].toFixed(6)}, gradient [${got.slice(1)}]`);
