import { pixelCount } from '@latentkit/core';
import type { AcceleratedModel, ModelSpec } from '@latentkit/models';
import { expect, it } from 'vitest';
import { TINY_SPEC } from '../testing/tiny-spec.ts';
import { inPieces } from './in-pieces.ts';
import { createTurns, URGENCY } from './turns.ts';

const spec: ModelSpec = {
  ...TINY_SPEC,
  image: { height: 1, width: 3, channels: 1 },
  condition: { classes: 300 },
};

/** A code is the first pixel of its image and its label; an image is its code thrice. It notes what it was called with. */
function createFake() {
  const calls: { rows: number; label: unknown }[] = [];
  const rowsOf = (values: ArrayLike<number>, size: number) =>
    Array.from({ length: values.length / size }, (_, row) => values[row * size]!);
  const labelAt = (label: unknown, row: number) =>
    typeof label === 'number' ? label : (label as ArrayLike<number>)[row]!;
  const model: Pick<AcceleratedModel, 'spec' | 'encode' | 'decode'> = {
    spec,
    async encode(images, { label } = {}) {
      const rows = rowsOf(images, pixelCount(spec.image));
      calls.push({ rows: rows.length, label });
      const mean = Float32Array.from(rows.flatMap((value, row) => [value, labelAt(label, row)]));
      return { mean, logVar: mean.map((value) => -value) };
    },
    async decode(latent, { label } = {}) {
      const rows = rowsOf(latent, 2);
      calls.push({ rows: rows.length, label });
      return Float32Array.from(rows.flatMap((value, row) => [value, value, labelAt(label, row)]));
    },
  };
  return { model, calls };
}

const images = (count: number) => Float32Array.from({ length: 3 * count }, (_, i) => Math.floor(i / 3));

it('encodes and decodes as in one call, each row with its own label', async () => {
  const { model, calls } = createFake();
  const pieces = inPieces(model, createTurns());
  const label = Uint16Array.from({ length: 150 }, (_, row) => 150 - row);
  for (const count of [1, 64, 65, 150]) {
    const told = { label: label.subarray(0, count) };
    expect(await pieces.encode(images(count), told)).toEqual(await model.encode(images(count), told));
    const latent = new Float32Array(2 * count).map((_, i) => i);
    expect(await pieces.decode(latent, { label: 7 })).toEqual(await model.decode(latent, { label: 7 }));
  }
  const ofPieces = calls.filter(({ rows }) => rows <= 64);
  expect(ofPieces.length).toBeGreaterThan(8);
});

it('hands on a call without rows, which is the model\u2019s to answer', async () => {
  const { model, calls } = createFake();
  const { mean } = await inPieces(model, createTurns()).encode(new Float32Array(0), { label: 1 });
  expect([mean.length, calls.length]).toEqual([0, 1]);
});

it('lets a hand through between two pieces', async () => {
  const { model } = createFake();
  const take = createTurns();
  const order: string[] = [];
  const told = { label: 1 };
  const noting = {
    ...model,
    encode: async (...asked: Parameters<typeof model.encode>) => {
      order.push('piece');
      if (order.length === 1) void take(URGENCY.hand, async () => order.push('hand'));
      return model.encode(...asked);
    },
  };
  await inPieces(noting, take).encode(images(150), told);
  expect(order).toEqual(['piece', 'hand', 'piece', 'piece']);
});
