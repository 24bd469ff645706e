// Writes models as files of other programs with inputs and what Latentkit's own networks make of them, for those programs to be held against.
// Run: node packages/interop/scripts/write-cases.js FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import { encodeNpy } from '@latentkit/formats';
import { exportHub, exportKeras, exportOnnx, exportTfjs, exportTorch } from '@latentkit/interop';
import { createModel, createTrainedModel } from '@latentkit/models';
import { CASES, RESIDUAL_CASES } from './cases.js';

const COUNT = 3;
const folder = process.argv[2];
await startWasmBackend();

/** Numbers from 0 to 1 that look like nothing. */
const numbers = (count, step) => Float32Array.from({ length: count }, (_, i) => ((i * step) % 1009) / 1008);

/** `[count, height, width, channels]` with the channels first. */
function channelsFirst(data, { height, width, channels }) {
  const size = height * width;
  const out = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const [image, rest] = [Math.floor(i / (size * channels)), i % (size * channels)];
    out[image * size * channels + (rest % channels) * size + Math.floor(rest / channels)] = data[i];
  }
  return { shape: [data.length / (size * channels), channels, height, width], data: out };
}

const encodeAll = (arrays) =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)]));

/** TensorFlow.js has no norm by groups, which residual networks have where nothing else is said. */
const hasLayersOfTfjs = ({ encoder: { type, norm = 'group' } }) => type !== 'residual' || norm !== 'group';

function write(place, files) {
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), bytes);
  }
}

for (const [name, spec] of Object.entries({ ...CASES, ...RESIDUAL_CASES })) {
  const { height, width, channels } = spec.image;
  const classes = spec.condition?.classes;
  const told = classes ? { label: Array.from({ length: COUNT }, (_, i) => i % classes) } : {};
  const weights = createModel(spec).initialize(7);
  // Born biases are zeros, which would hide that one is left out or in another order.
  for (const [key, { data }] of Object.entries(weights)) {
    if (/\.(bias|mean)$/.test(key)) data.set(numbers(data.length, 331).map((value) => value - 0.5));
    if (/\.(gain|variance)$/.test(key)) data.set(numbers(data.length, 443).map((value) => value + 0.5));
  }
  const trained = createTrainedModel(spec, weights);
  const images = numbers(COUNT * height * width * channels, 577);
  const codes = numbers(COUNT * spec.latentDim, 739).map((value) => 4 * value - 2);
  const { mean, logVar } = trained.encode(images, told);
  const pictures = Uint8Array.from(images, (value) => 255 * value);
  const pictureCodes = trained.encode(pictures, told).mean;
  const decoded = trained.decode(codes, told);
  trained.dispose();
  const rows = (data) => ({ shape: [COUNT, spec.latentDim], data });
  const arrays = {
    images: channelsFirst(images, spec.image),
    codes: rows(codes),
    [spec.kind === 'vae' ? 'mean' : 'code']: rows(mean),
    ...(logVar && { log_var: rows(logVar) }),
    decoded: channelsFirst(decoded, spec.image),
    ...(classes && {
      labels: {
        shape: [COUNT, classes],
        data: Float32Array.from({ length: COUNT * classes }, (_, i) =>
          Number(i % classes === told.label[Math.floor(i / classes)]),
        ),
      },
    }),
  };
  const model = { spec, weights };
  const files = {
    onnx: exportOnnx(model),
    symmetric: exportOnnx(model, { symmetric: true }),
    torch: exportTorch(model),
    keras: exportKeras(model),
    ...(hasLayersOfTfjs(spec) && { tfjs: exportTfjs(model) }),
  };
  for (const [kind, made] of Object.entries(files))
    write(join(folder, kind, name), { ...made, ...encodeAll(arrays) });
  // transformers.js takes pictures of one channel or three, and nothing beside them.
  if (classes || ![1, 3].includes(channels)) continue;
  const given = {
    pictures: { shape: [COUNT, height, width, channels], data: pictures },
    picture_codes: rows(pictureCodes),
  };
  write(join(folder, 'hub', name), {
    ...exportHub(model, { name, dataset: 'numbers' }),
    ...encodeAll(given),
  });
}
