// Maps digits' pixels to the plane by UMAP in a worker, judges the map, saves it, and places new digits on it.
import { generateDigits } from '@latentkit/datasets';
import { loadProjection, measureQuality, projectInWorker } from '@latentkit/projections';

/** Digits as vectors of 784 numbers from 0 to 1, and what they show. */
function draw(count, seed) {
  const { images, labels } = generateDigits({ count, seed });
  return {
    points: { data: Float32Array.from(images, (byte) => byte / 255), count, dimensions: 784 },
    labels,
  };
}
const known = draw(1500, 0);
const umap = await projectInWorker('umap', known.points, { seed: 1 });
const map = await umap.run({ onProgress: ({ stage, fraction }) => console.log(stage, fraction.toFixed(2)) });

const quality = await measureQuality(
  known.points,
  { data: map, count: 1500, dimensions: 2 },
  {
    labels: known.labels,
  },
);
console.log(
  `trustworthiness ${quality.trustworthiness.toFixed(3)}, labels ${quality.labelAccuracy.toFixed(3)}`,
);

const saved = await umap.save(); // JSON and typed arrays: for a file, or another machine
umap.close();

const fresh = draw(200, 1);
const places = (await loadProjection(saved)).transform(fresh.points); // [200, 2]
const correct = fresh.labels.filter((label, i) => {
  const distanceTo = (j) => Math.hypot(map[2 * j] - places[2 * i], map[2 * j + 1] - places[2 * i + 1]);
  const distances = Array.from(known.labels, (_, j) => distanceTo(j));
  return known.labels[distances.indexOf(Math.min(...distances))] === label;
});
console.log(`${correct.length} of 200 new digits lie beside a known one of their label`);
