import { readFileSync } from 'node:fs';
import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { encodeZip, readZip } from '@latentkit/formats';
import { describe, expect, it } from 'vitest';
import { importKeras } from './keras/import-keras.ts';
import { exportOnnx } from './onnx/export-onnx.ts';
import { importOnnx } from './onnx/import-onnx.ts';
import { caseOf } from './testing/trained-cases.ts';
import { exportTfjs } from './tfjs/export-tfjs.ts';
import { importTfjs } from './tfjs/import-tfjs.ts';
import { importStateDict } from './torch/import-state-dict.ts';

// scripts/fuzz-readers.ts does it with more, and more often.
const ROUNDS = 250;
const fixture = (path: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${path}`, import.meta.url)));

/** A ZIP whose one file is another: what is damaged from outside is caught by its checksum. */
async function opened(path: string, wanted: string) {
  const files = await Promise.all(
    (await readZip(fixture(path))).map(async (file) => ({ name: file.name, bytes: await file.read() })),
  );
  const own = files.find(({ name }) => name.endsWith(wanted))!;
  const close = (inner: Uint8Array) =>
    encodeZip(files.map((file) => (file === own ? { ...file, bytes: inner } : file)));
  return { inner: own.bytes, close };
}

const keras = await opened('keras/vae.keras', 'config.json');
const torch = await opened('torch/checkpoint.pt', 'data.pkl');
const onnx = exportOnnx(caseOf('dense-alone'));
const tfjs = exportTfjs(caseOf('dense-alone'));
const weights = fixture('keras/vae.weights.h5');

describe.each<[string, Uint8Array, (bytes: Uint8Array) => unknown]>([
  ['importKeras, its JSON', keras.inner, (bytes) => importKeras({ 'vae.keras': keras.close(bytes) })],
  ['importKeras, its HDF5', weights, (bytes) => importKeras({ 'vae.weights.h5': bytes })],
  ['importStateDict, its pickle', torch.inner, (bytes) => importStateDict(torch.close(bytes))],
  ['importOnnx', onnx['encoder_model.onnx'], (bytes) => importOnnx({ ...onnx, 'encoder_model.onnx': bytes })],
  ['importTfjs', tfjs['encoder/model.json'], (bytes) => importTfjs({ ...tfjs, 'encoder/model.json': bytes })],
])('%s', (_, valid, parse) => {
  it('of damaged bytes gives a model or an error with a code', async () => {
    const random = createRandom({ seed: 5, stream: Stream.sample });
    let refused = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = valid.slice(0, random.integer(8) === 0 ? random.integer(valid.length) : valid.length);
      // What describes a file stands at its beginning.
      const reach = Math.min(bytes.length, 1 << (6 + random.integer(10)));
      for (let n = random.integer(4); n >= 0 && reach > 0; n--)
        bytes[random.integer(reach)] = random.integer(256);
      try {
        await parse(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(LatentkitError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(ROUNDS / 10);
  });
});
