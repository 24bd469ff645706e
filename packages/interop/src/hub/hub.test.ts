import { startWasmBackend } from '@latentkit/backend';
import { loadModel } from '@latentkit/models/saved';
import { beforeAll, expect, it } from 'vitest';
import { trainedCases } from '../testing/trained-cases.ts';
import { importTorch } from '../torch/import-torch.ts';
import { exportHub } from './export-hub.ts';

beforeAll(async () => {
  await startWasmBackend();
});

const caseOf = (name: string) => trainedCases.find((one) => one.name === name)!;
const conv = caseOf('conv');
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/** The card's first part as the Hub reads it: here every value is JSON. */
function frontMatter(card: string): Record<string, unknown> {
  const [, head] = /^---\n(.*?)\n---\n/s.exec(card)!;
  const rows = head!.split('\n').map((line) => /^([a-z_-]+): (.*)$/.exec(line)!);
  return Object.fromEntries(rows.map(([, key, value]) => [key, JSON.parse(value!)]));
}

it('is a model for each program, and a card', () => {
  const files = exportHub({ ...conv, epoch: 3 });
  expect(Object.keys(files)).toEqual([
    ...['README.md', 'config.json', 'preprocessor_config.json', 'model.safetensors'],
    ...['latentkit_torch.py', 'latentkit_numpy.py', 'onnx/encoder_model.onnx', 'onnx/decoder_model.onnx'],
    ...['encoder.keras', 'decoder.keras', 'latentkit/model.json', 'latentkit/model.safetensors'],
    '.gitattributes',
  ]);
  expect(JSON.parse(text(files['preprocessor_config.json']))).toEqual({
    image_processor_type: 'ViTImageProcessor',
    ...{ do_resize: true, size: { height: 28, width: 28 }, do_rescale: true, rescale_factor: 1 / 255 },
    ...{ do_normalize: false, do_convert_rgb: false },
  });
  expect(JSON.parse(text(files['config.json']))['transformers.js_config']).toEqual({ dtype: 'fp32' });
});

it('comes back bit for bit, from its PyTorch files and from its own', async () => {
  const { spec, weights } = conv;
  const files = exportHub({ spec, weights, epoch: 3 });
  expect(importTorch(files)).toMatchObject({ spec, weights, epoch: 3 });
  const loaded = await loadModel({
    'model.json': files['latentkit/model.json']!,
    'model.safetensors': files['latentkit/model.safetensors']!,
  });
  expect([loaded.spec, loaded.weights, loaded.saved.epoch]).toEqual([spec, weights, 3]);
});

it('tells the Hub what it is, and people what was measured, whatever signs are in it', () => {
  const name = 'A "b": #c, 数';
  const metrics = { 'negative ELBO (nats)': 154.123456789 };
  const png = Uint8Array.of(137, 80);
  const files = exportHub(conv, {
    ...{ name, license: 'mit', dataset: 'MNIST', command: 'train --seed 42', metrics },
    pictures: { 'latent-grid.png': png },
  });
  const card = text(files['README.md']);
  expect(frontMatter(card)).toEqual({
    ...{ license: 'mit', library_name: 'transformers.js', pipeline_tag: 'image-feature-extraction' },
    tags: ['latentkit', 'variational-autoencoder', 'onnx'],
    'model-index': [
      {
        name,
        results: [
          {
            task: { type: 'image-feature-extraction' },
            dataset: { name: 'MNIST', type: 'mnist' },
            metrics: [{ name: 'negative ELBO (nats)', type: 'negative-elbo-nats', value: 154.123 }],
          },
        ],
      },
    ],
  });
  expect(card).toContain('| negative ELBO (nats) | 154.123 |');
  expect(card).toContain('<img src="figures/latent-grid.png" alt="latent grid" ');
  expect(card).toContain('npx @latentkit/cli train --seed 42');
  expect(files['figures/latent-grid.png']).toBe(png);
});

it('offers nothing that a model cannot do', () => {
  const told = text(exportHub(caseOf('dense-told'))['README.md']);
  expect(frontMatter(told)).toMatchObject({ library_name: 'keras' });
  expect(told).not.toContain('pipeline(');
  expect(told).toContain("'labels': labels");
  const plain = text(exportHub(caseOf('autoencoder'))['README.md']);
  expect(plain).not.toContain('standard_normal');
  expect(frontMatter(plain)).toMatchObject({ tags: ['latentkit', 'autoencoder', 'onnx'] });
  expect(text(exportHub(conv)['README.md'])).toContain('standard_normal');
});

it('names no licence that nobody gave', () => {
  expect(frontMatter(text(exportHub(conv)['README.md']))).not.toHaveProperty('license');
});

it.each([
  [{ metrics: { loss: Number.NaN } }, /metrics must be finite numbers by name/],
  [{ pictures: { '../a.png': Uint8Array.of(1) } }, /pictures must be PNG files' bytes by file names/],
  [{ pictures: { 'a.png': 'text' } }, /pictures must be/],
  [{ licence: 'mit' }, /no option licence.*license/s],
])('refuses %j', (options, message) => {
  expect(() => exportHub(conv, options as never)).toThrow(message);
});
