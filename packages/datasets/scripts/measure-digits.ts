// How the drawn digits compare with MNIST: a 1-nearest-neighbour classifier that knows 10,000 training images is shown
// 2,000 drawn digits of four seeds, and 2,000 real test images. Also how long drawing takes.
// Run: node packages/datasets/scripts/measure-digits.ts [DIR with MNIST's four files; else the cache, else a download]
import { digitsDataset, generateDigits, limitImages, loadMnist } from '@latentkit/datasets';
import { dataDirectory, diskCache } from '@latentkit/datasets/node';
import { nearestImages } from '../src/testing/nearest-images.ts';

const KNOWN = 10_000;
const SHOWN = 2_000;
const PIXELS = 784;

const started = performance.now();
generateDigits({ count: 20_000 });
console.log(`drawing 20,000 digits: ${((performance.now() - started) / 1000).toFixed(2)} s`);

const directory = process.argv[2];
const mnist = await loadMnist(directory ? { dataDir: dataDirectory(directory) } : { cache: diskCache() });
const known = limitImages(mnist.train, KNOWN);

for (let seed = 0; seed < 4; seed++) {
  report(`drawn digits, seed ${seed}`, digitsDataset({ train: SHOWN, validation: 1, seed }).train);
}
report('MNIST test images', limitImages(mnist.validation, SHOWN));

function report(
  name: string,
  { images, labels }: { images: Uint8Array | Float32Array; labels?: Uint8Array },
): void {
  const nearest = nearestImages(known.images as Uint8Array, images as Uint8Array, PIXELS);
  const recognised = nearest.reduce((total, k, i) => total + Number(known.labels![k] === labels![i]), 0);
  console.log(`${name}: ${((100 * recognised) / SHOWN).toFixed(1)}% recognised`);
}
