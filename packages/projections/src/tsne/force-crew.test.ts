import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { createTsne } from './create-tsne.ts';

/** Normal points around ten centres. */
function clouds(count: number, dimensions: number) {
  const random = createRandom({ seed: 3, stream: Stream.sample });
  const centres = Float32Array.from({ length: 10 * dimensions }, () => 4 * random.normal());
  const data = Float32Array.from({ length: count * dimensions }, (_, at) => {
    const centre = Math.floor(at / dimensions) % 10;
    return centres[centre * dimensions + (at % dimensions)]! + random.normal();
  });
  return { data, count, dimensions };
}

const OPTIONS = { iterations: 120, exaggerationIterations: 60, perplexity: 10 };

describe('threads that share the forces', () => {
  it('give the bits of one thread, however many they are', async () => {
    const points = clouds(900, 5);
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map(async (workers) => {
        const tsne = await createTsne(points, { ...OPTIONS, workers });
        return { map: await tsne.run(), objective: tsne.progress.objective };
      }),
    );
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  it('are not waited for where the caller does not give way, and do not keep their process', async () => {
    const points = clouds(900, 5);
    const tsne = await createTsne(points, { ...OPTIONS, workers: 2 });
    while (tsne.progress.stage !== 'done') tsne.step();
    const alone = await createTsne(points, { ...OPTIONS, workers: 1 });
    expect(tsne.embedding).toEqual(await alone.run());
  });

  it('may be given up in the middle, and come back', async () => {
    const points = clouds(900, 5);
    const tsne = await createTsne(points, { ...OPTIONS, workers: 2 });
    while (tsne.progress.step < 30) tsne.step();
    await new Promise((resolve) => setTimeout(resolve, 3500)); // longer than a worker waits
    const alone = await createTsne(points, { ...OPTIONS, workers: 1 });
    expect(await tsne.run()).toEqual(await alone.run());
  });
});
