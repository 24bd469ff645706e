import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startWasmBackend } from '@latentkit/backend';
import { beforeAll, expect, it } from 'vitest';
import { loadModel } from './load-model.ts';

// Written by the last Latentkit of version 1: see the script beside them.
const runs = new URL('../../../experiment/fixtures/run-v1/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', runs), 'utf8'));

beforeAll(() => startWasmBackend());

it.each(['dense', 'conv'])(
  'a %s model of version 1 loads, and samples the bytes that it did',
  async (name) => {
    const read = (file: string) => new Uint8Array(readFileSync(new URL(`${name}/${file}`, runs)));
    const files = Object.fromEntries(['model.json', 'model.safetensors'].map((file) => [file, read(file)]));
    const trained = await loadModel(files);
    const { buffer, byteOffset, byteLength } = trained.sample({ count: 5, seed: 9 });
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(expected[name].samples);
    expect(trained.saved).toMatchObject({
      version: 2,
      epoch: expected[name].epoch,
      objective: { type: 'elbo' },
    });
    trained.dispose();
  },
);
