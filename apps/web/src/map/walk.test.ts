import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { createWalk, WALK_STEPS } from './walk.ts';

/** Until what is asked is asked, and what has come is used. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

/** A walk whose ways come when they are let go, and the codes that it looked at. */
function open() {
  const asked: { method: string; label: number; come: () => Promise<void> }[] = [];
  const shown: number[][] = [];
  const look = (
    _: string,
    { from, to, method, label }: { from: Float32Array; to: Float32Array; method: string; label: number },
  ) => {
    const { promise, resolve } = Promise.withResolvers<object>();
    const codes = Float32Array.from({ length: 2 * WALK_STEPS }, (__, i) => {
      const share = Math.floor(i / 2) / (WALK_STEPS - 1);
      return from[i % 2]! + (to[i % 2]! - from[i % 2]!) * share;
    });
    const come = async () => {
      resolve({ codes, images: new Uint8Array(WALK_STEPS) });
      await settle();
    };
    asked.push({ method, label, come });
    return promise;
  };
  const told = signal(0);
  const lab = { look, pictures: signal(undefined) } as unknown as Parameters<typeof createWalk>[0];
  return { told, walk: createWalk(lab, told, (code) => shown.push([...code])), asked, shown };
}

it('has a way once both ends are set, of these very ends, and none when one is gone', async () => {
  const { walk, asked } = open();
  const [a, b] = [Float32Array.of(0, 0), Float32Array.of(15, 30)];
  walk.ends.value = { a };
  expect(asked).toHaveLength(0);
  await settle();
  walk.ends.value = { a, b };
  await asked[0]!.come();
  expect(walk.way.value).toMatchObject({ from: a, to: b });
  walk.ends.value = { b };
  expect(walk.way.value).toBeUndefined();
});

it('shows no way that was overtaken: of what was asked for last alone', async () => {
  const { walk, asked } = open();
  await settle();
  walk.ends.value = { a: Float32Array.of(0, 0), b: Float32Array.of(1, 1) };
  walk.method.value = 'spherical';
  await asked[0]!.come();
  expect(walk.way.value).toBeUndefined();
  expect(asked.map(({ method }) => method)).toEqual(['linear', 'spherical']);
  await asked[1]!.come();
  expect(walk.way.value).toBeDefined();
});

it('looks at a code of the way', async () => {
  const { walk, asked, shown } = open();
  walk.go(3);
  await settle();
  walk.ends.value = { a: Float32Array.of(0, 0), b: Float32Array.of(15, 30) };
  await asked[0]!.come();
  walk.go(4);
  expect(shown).toEqual([[4, 8]]);
  expect(walk.at.value).toBe(4);
});

it('is decoded as the class that is told', async () => {
  const { walk, asked, told } = open();
  await settle();
  walk.ends.value = { a: Float32Array.of(0, 0), b: Float32Array.of(1, 1) };
  await asked[0]!.come();
  told.value = 7;
  expect(asked.map(({ label }) => label)).toEqual([0, 7]);
});
