import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expectClose } from '@latentkit/testing';
import { expect, it } from 'vitest';
import { createPca } from './create-pca.ts';

it.for(['full', 'randomized'] as const)(
  "has scikit-learn's numbers for MNIST: %s",
  async (solver, { skip }) => {
    const folder = process.env.LATENTKIT_MNIST_DIR;
    if (!folder) {
      const reason = 'LATENTKIT_MNIST_DIR names no folder with the MNIST files';
      process.stderr.write(`skipped PCA of the real MNIST files: ${reason}\n`); // the reporter keeps it to itself
      return skip(reason);
    }
    const pixels = gunzipSync(readFileSync(`${folder}/t10k-images-idx3-ubyte.gz`)).subarray(16);
    const data = Float32Array.from(pixels, (pixel) => pixel / 255);
    const pca = await createPca({ data, count: 10_000, dimensions: 784 }, { solver });
    const codes = await pca.run();
    // By PCA(2, svd_solver='full') of scikit-learn 1.2, each direction turned so that its largest number is positive.
    expectClose(pca.explainedVariance, [5.310545213873051, 3.9875278436295005], { relative: 1e-6 });
    expectClose(pca.explainedVarianceRatio, [0.10047663351626594, 0.07544486632627043], { relative: 1e-6 });
    expectClose(
      [pca.directions[523]!, pca.directions[784 + 350]!],
      [0.11688731940713412, 0.12177609999804671],
      {
        absolute: 1e-4,
      },
    );
    expectClose(codes.subarray(0, 2), [-1.6127882450565048, -2.6923984672647134], { absolute: 1e-3 });
    expectClose(codes.subarray(-2), [4.486941129104033, 0.0890976143035429], { absolute: 1e-3 });
    expect(codes).toHaveLength(20_000);
  },
);
