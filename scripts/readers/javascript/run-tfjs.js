// Runs exported LayersModels in TensorFlow.js, on its own CPU backend.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { difference } from './run-ort.js';

/** A row a case: the largest difference of each output. */
export async function runTfjs(folder, cases) {
  await tf.setBackend('cpu');
  const rows = [];
  for (const { name, arrays } of cases) {
    if (!existsSync(join(folder, name))) continue; // of a network that TensorFlow.js has no layers for
    const labels = arrays.labels && tensorOf(arrays.labels);
    const run = async (part, input) => {
      const model = await loadLayersModel({ load: () => readModel(join(folder, name, part)) });
      const outputs = model.predict(labels ? [input, labels] : input);
      return (Array.isArray(outputs) ? outputs : [outputs]).map(resultOf);
    };
    const codes = await run('encoder', tf.transpose(tensorOf(arrays.images), [0, 2, 3, 1]));
    const [made] = await run('decoder', tensorOf(arrays.codes));
    const row = {};
    for (const [i, head] of (arrays.mean ? ['mean', 'log_var'] : ['code']).entries()) {
      row[head] = difference(codes[i], arrays[head]);
    }
    const decoded = tf.transpose(tf.tensor(made.data, made.dims), [0, 3, 1, 2]);
    row.pixel_values = difference(resultOf(decoded), arrays.decoded);
    rows.push({ case: name, ...row });
  }
  return rows;
}

const tensorOf = ({ shape, data }) => tf.tensor(data, shape, 'float32');
const resultOf = (tensor) => ({ dims: tensor.shape, data: tensor.dataSync() });

async function readModel(folder) {
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  const [{ paths, weights }] = weightsManifest;
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, paths[0]));
  return {
    modelTopology,
    weightSpecs: weights,
    weightData: buffer.slice(byteOffset, byteOffset + byteLength),
  };
}
