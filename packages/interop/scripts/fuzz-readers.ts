// Hands damaged files to every reader of models: what comes must be a right read or an error with a code, within 2 s.
// Run: node packages/interop/scripts/fuzz-readers.ts [rounds of each, 10000] [seed, 1] [one reader's name]
import { readFileSync } from 'node:fs';
import type { Random } from '@latentkit/core';
import { encodeZip, readZip } from '@latentkit/formats';
import { type Hdf5ParsedGroup, isGroup, parseHdf5 } from '@latentkit/formats/hdf5';
import { parseOnnx } from '@latentkit/formats/onnx';
import { parseTorch } from '@latentkit/formats/torch';
import {
  exportOnnx,
  exportTfjs,
  importKeras,
  importModel,
  importOnnx,
  importStateDict,
  importTfjs,
} from '@latentkit/interop';
import { createModel, type ModelSpec } from '@latentkit/models';
import { changeBytes, changeJson, fuzzReaders } from '../../../scripts/lib/fuzz-readers.js';

const read = (path: string) => new Uint8Array(readFileSync(`${import.meta.dirname}/../../${path}`));
const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const spec: ModelSpec = {
  ...{ kind: 'vae', latentDim: 2, image: { height: 8, width: 8, channels: 1 } },
  encoder: { type: 'conv', filters: [2], activation: 'leakyRelu' },
  decoder: { type: 'conv', filters: [2], activation: 'relu' },
  likelihood: { type: 'squaredError', output: 'tanh' },
};
const model = { spec, weights: createModel(spec).initialize(1) };
const onnx = exportOnnx(model);
const tfjs = exportTfjs(model);

/** Every array and text of a file. */
const readAll = ({ members, texts }: Hdf5ParsedGroup): unknown => [
  ...['name', 'weight_names', 'model_config', 'names', 'model'].map(texts),
  ...[...members.values()].map((one) => (isGroup(one) ? readAll(one) : one.read())),
];

type File = { name: string; bytes: Uint8Array };
/** The files of a ZIP, of which one is damaged: its checksum would catch what is damaged from outside. */
async function opened(
  path: string,
  wanted: string,
): Promise<{ inner: Uint8Array; close(inner: Uint8Array): Uint8Array }> {
  const files: File[] = [];
  for (const file of await readZip(read(path))) files.push({ name: file.name, bytes: await file.read() });
  const own = files.find(({ name }) => name.endsWith(wanted))!;
  return {
    inner: own.bytes,
    close: (inner) => encodeZip(files.map((file) => (file === own ? { ...file, bytes: inner } : file))),
  };
}

const KERAS = 'interop/fixtures/keras';
const [whole, dense, nested] = await Promise.all(
  ['vae', 'dense-encoder', 'nested'].map((name) => opened(`${KERAS}/${name}.keras`, 'config.json')),
);
const checkpoint = await opened('interop/fixtures/torch/checkpoint.pt', 'data.pkl');
const types = await opened('formats/fixtures/torch-types.pt', 'data.pkl');
const decoder = read(`${KERAS}/dense-decoder.keras`);
const h5 = ['vae.weights.h5', 'encoder.h5', 'nested.h5'].map((name) => read(`${KERAS}/${name}`));

/** HDF5's bytes are mostly room that nobody reads: what describes the file comes first. */
const damageHead = (bytes: Uint8Array, random: Random) => {
  const head = bytes.subarray(0, Math.min(bytes.length, 1 << (8 + random.integer(9))));
  const changed = changeBytes(head, random);
  return Uint8Array.from([...changed, ...bytes.subarray(head.length)]);
};

await fuzzReaders(
  {
    hdf5: {
      files: [read('formats/fixtures/h5py-earliest.h5'), read('formats/fixtures/h5py-latest.h5'), ...h5],
      parse: (bytes) => readAll(parseHdf5(bytes)),
      damage: damageHead,
    },
    'keras h5': {
      files: h5.slice(0, 1),
      parse: (bytes) => importKeras({ 'vae.weights.h5': bytes }),
      damage: damageHead,
    },
    'legacy h5': {
      files: h5.slice(2),
      parse: (bytes) => importKeras({ 'vae.h5': bytes }),
      damage: damageHead,
    },
    'keras json': {
      files: [whole!.inner],
      parse: (bytes) => importKeras({ 'vae.keras': whole!.close(bytes) }),
      damage: changeJson,
    },
    'nested json': {
      files: [nested!.inner],
      parse: (bytes) => importKeras({ 'vae.keras': nested!.close(bytes) }),
      damage: changeJson,
    },
    'dense json': {
      files: [dense!.inner],
      parse: (bytes) => importKeras({ 'encoder.keras': dense!.close(bytes), 'decoder.keras': decoder }),
      damage: changeJson,
    },
    'own metadata': {
      files: [
        text({
          latentkit: JSON.parse(new TextDecoder().decode(tfjs['encoder/model.json'])).userDefinedMetadata
            .latentkit,
        }),
      ],
      parse: (bytes) => {
        const userDefinedMetadata: unknown = JSON.parse(new TextDecoder().decode(bytes));
        const told = (['encoder/model.json', 'decoder/model.json'] as const).map((path) => [
          path,
          text({ ...JSON.parse(new TextDecoder().decode(tfjs[path])), userDefinedMetadata }),
        ]);
        return importTfjs({ ...tfjs, ...Object.fromEntries(told) });
      },
      damage: (bytes, random) => {
        const changed = changeJson(bytes, random);
        try {
          JSON.parse(new TextDecoder().decode(changed));
          return changed;
        } catch {
          return bytes; // no JSON at all is another reader's
        }
      },
    },
    'tfjs json': {
      files: [tfjs['encoder/model.json']],
      parse: (bytes) => importTfjs({ ...tfjs, 'encoder/model.json': bytes }),
      damage: changeJson,
    },
    pickle: { files: [types.inner], parse: (bytes) => parseTorch(types.close(bytes)) },
    'state dict': { files: [checkpoint.inner], parse: (bytes) => importStateDict(checkpoint.close(bytes)) },
    'pickle of any bytes': {
      files: [types.inner],
      parse: (bytes) => parseTorch(types.close(bytes)),
      damage: (bytes, random) =>
        Uint8Array.from({ length: random.integer(60) }, () => bytes[random.integer(bytes.length)]!),
    },
    onnx: {
      files: [onnx['encoder_model.onnx'], onnx['decoder_model.onnx']],
      parse: parseOnnx,
      damage: damageHead,
    },
    'onnx model': {
      files: [onnx['encoder_model.onnx']],
      parse: (bytes) => importOnnx({ ...onnx, 'encoder_model.onnx': bytes }),
    },
    'any model': {
      files: [
        read('interop/fixtures/torch/vae.pt'),
        ...h5,
        onnx['decoder_model.onnx'],
        tfjs['decoder/model.json'],
      ],
      parse: (bytes) => importModel({ 'model.pt': bytes }),
    },
  },
  process.argv.slice(2),
);
