import { exportKeras, exportTorch } from '@latentkit/interop';
import { createModel } from '@latentkit/models';
import { expect, it } from 'vitest';
import { TINY_SPEC } from '../testing/tiny-spec.ts';
import { foreignRun, isPackedModel, mayBeForeign } from './foreign-run.ts';

const weights = createModel(TINY_SPEC).initialize(1);

it('tells models of other programs from runs, models of ours and pictures, by names alone', () => {
  for (const names of [
    ['vae.keras'],
    ['out/encoder_model.onnx', 'out/decoder_model.onnx'],
    ['torch/config.json', 'torch/model.safetensors', 'torch/latentkit_torch.py'],
    ['encoder/model.json', 'encoder/weights.bin'],
    ['vae.safetensors'],
  ])
    expect(mayBeForeign(names), names.join(' ')).toBe(true);
  for (const names of [
    ['model.json', 'model.safetensors'],
    ['model.safetensors'],
    ['run/config.json', 'run/metrics.jsonl', 'run/model.json', 'run/model.safetensors'],
    ['run/config.json', 'run/checkpoint/checkpoint.safetensors'],
    ['cats/1.png', 'cats/2.png'],
    [...Array.from({ length: 100 }, (_, i) => `${i}.png`), 'stray.pt'],
  ])
    expect(mayBeForeign(names), names.join(' ')).toBe(false);
  expect([isPackedModel(['archive/data.pkl']), isPackedModel(['run/config.json'])]).toEqual([true, false]);
});

it('makes a run of them, with the weights that they hold', async () => {
  for (const files of [
    exportTorch({ spec: TINY_SPEC, weights }),
    await exportKeras({ spec: TINY_SPEC, weights }),
  ]) {
    const named = Object.entries(files).map(([name, content]) => ({
      name: `folder/${name}`,
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    }));
    const run = await foreignRun(named as never);
    expect(run.map(({ name }) => name)).toEqual(expect.arrayContaining(['config.json', 'model.safetensors']));
  }
});
