import { describe, expect, it } from 'vitest';
import { trustworthiness } from '../quality/trustworthiness.ts';
import { readMnist } from '../testing/mnist.ts';
import { createTsne } from './create-tsne.ts';

const mnist = readMnist(2400, 't-SNE of the real MNIST files');

describe.skipIf(!mnist)('t-SNE of 2,000 MNIST images', () => {
  const { data, dimensions } = mnist?.points ?? { data: new Float32Array(), dimensions: 784 };
  const points = { data: data.subarray(0, 2000 * dimensions), count: 2000, dimensions };

  it("is as good as scikit-learn's, and places other images among those of their digit", async () => {
    const tsne = await createTsne(points);
    const map = { data: await tsne.run(), count: 2000, dimensions: 2 };
    // scikit-learn 1.2, TSNE(init='pca', learning_rate='auto', n_iter=1000, random_state=0): 1.285 of the same
    // affinities, and 0.957.
    expect(tsne.progress.objective).toBeLessThan(1.28);
    expect(await trustworthiness(points, map, { k: 12 })).toBeGreaterThan(0.955);

    const placed = tsne.transform({ data: data.subarray(2000 * dimensions), count: 400, dimensions });
    let right = 0;
    for (let i = 0; i < 400; i++) {
      let [nearest, least] = [0, Number.POSITIVE_INFINITY];
      for (let j = 0; j < 2000; j++) {
        const d = (placed[2 * i]! - map.data[2 * j]!) ** 2 + (placed[2 * i + 1]! - map.data[2 * j + 1]!) ** 2;
        if (d < least) [nearest, least] = [j, d];
      }
      if (mnist!.labels[nearest] === mnist!.labels[2000 + i]) right++;
    }
    expect(right / 400).toBeGreaterThan(0.82); // 0.855; 0.8625 are of the digit of the nearest by all pixels
  });
});
