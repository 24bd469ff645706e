import { readFileSync } from 'node:fs';
import { encodeZip, readZip } from '@latentkit/formats';
import { expect, it } from 'vitest';
import { importModel } from './import-model.ts';
import { exportKeras } from './keras/export-keras.ts';
import { caseOf } from './testing/trained-cases.ts';

const torch = new Uint8Array(readFileSync(new URL('../fixtures/torch/vae.pt', import.meta.url)));
const keras = exportKeras(caseOf('dense'))['encoder.keras'];
const entries = await Promise.all(
  readZip(keras).map(async ({ name, read }) => ({ name, bytes: await read() })),
);

it.each([
  ['a .keras that is cut off', 'cut.keras', keras.subarray(0, 300), 'is cut off or no ZIP'],
  ['a .pt that is cut off', 'cut.pt', torch.subarray(0, 300), 'is cut off or no ZIP'],
  [
    'a .keras without its config',
    'bare.keras',
    encodeZip(entries.filter(({ name }) => name !== 'config.json')),
    'expected a .keras file, with config.json',
  ],
  ['damaged safetensors', 'odd.safetensors', new Uint8Array(40).fill(7), 'This is no safetensors file'],
  [
    'safetensors that are cut off',
    'cut.safetensors',
    Uint8Array.of(200, 0, 0, 0, 0, 0, 0, 0, 123, 34),
    'cut off',
  ],
  ['a damaged .h5', 'odd.h5', new Uint8Array(40).fill(7), 'HDF5'],
  ['what is of no kind', 'odd.bmp', new Uint8Array(40).fill(7), 'expected the files of one model'],
])('%s is told by its name and what is wrong', async (_, name, bytes, words) => {
  const error = await importModel({ [name]: bytes }).catch((cause: Error) => cause);
  expect(error).toMatchObject({ code: expect.stringMatching(/^E_(?:FORMAT|LIMIT)$/) });
  expect((error as Error).message).toContain(name);
  expect(String(error)).toContain(words);
});

it('refuses the models of two programs at once, by their names', async () => {
  const both = importModel({ 'vae.pt': torch, 'vae.keras': keras });
  await expect(both).rejects.toThrow('expected the files of one model, got vae.pt, vae.keras');
});
