// Usage: node in-node.js, where onnxruntime-web, TensorFlow.js and transformers.js are installed; a JSON of { onnx, tfjs, hub, cases } comes in by stdin.
// Prints a JSON object: the rows of each program.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { env, pipeline, RawImage } from '@huggingface/transformers';
import * as ort from 'onnxruntime-web';
import { difference, runOrt } from './run-ort.js';
import { runTfjs } from './run-tfjs.js';

const { onnx, tfjs, hub, cases, pictures } = JSON.parse(await text(process.stdin));
env.allowRemoteModels = false;
env.localModelPath = hub;

async function extract({ name, images, codes }) {
  const run = await pipeline('image-feature-extraction', name, {
    ...{ model_file_name: 'encoder_model', dtype: 'fp32' },
  });
  const [count, height, width, channels] = images.shape;
  const size = height * width * channels;
  const rows = [];
  for (let i = 0; i < count; i++) {
    const pixels = Uint8ClampedArray.from(images.data.slice(i * size, (i + 1) * size));
    const latent = codes.shape[1];
    const expected = { shape: [1, latent], data: codes.data.slice(i * latent, (i + 1) * latent) };
    rows.push(difference(await run(new RawImage(pixels, width, height, channels)), expected));
  }
  await run.dispose();
  return { case: name, code: Math.max(...rows) };
}

const found = {
  node: await runOrt(ort, cases, (path) => readFile(join(onnx, path))),
  layers: await runTfjs(tfjs, cases),
  transformers: [],
};
for (const picture of pictures) found.transformers.push(await extract(picture));
process.stdout.write(JSON.stringify(found));
