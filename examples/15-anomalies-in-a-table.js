// Finds odd rows of a table: a model of ordinary rows, a threshold that one in fifty of them passes, and where a row is odd.
import { startWasmBackend } from '@latentkit/backend';
import { decodeTable } from '@latentkit/datasets';
import { importFiles } from '@latentkit/datasets/import';
import { createAnomalyDetector } from '@latentkit/evaluation';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

// Trees whose girth and height follow from their age. Of those to look at, one has an age that its size does not bear out.
const tree = (i, age = 5 + ((i * 37) % 75)) => {
  const size = 0.7 * (5 + ((i * 37) % 75));
  return [age, size + ((i * 13) % 7) / 3, 3 + size / 2 + ((i * 29) % 5) / 3].join(',');
};
const table = (rows) => new TextEncoder().encode(['age,girth,height', ...rows].join('\n'));
const ordinary = { name: 'train.csv', bytes: table(Array.from({ length: 1500 }, (_, i) => tree(i))) };
const others = { name: 'test.csv', bytes: table([tree(1501), tree(1502, 200), tree(1503)]) };
const { dataset } = await importFiles([ordinary, others], { source: 'table', validationFraction: 0.1 });
const { columns, validation, test } = dataset;

await startWasmBackend();
const net = { type: 'mlp', hidden: [32], activation: 'relu' };
const likelihood = { type: 'columns', output: 'linear', columns };
const code = { kind: 'vae', image: test.shape, latentDim: 2 };
const model = createModel({ ...code, encoder: net, decoder: net, likelihood });
let weights;
for await (const event of train({ model, dataset, epochs: 30, batchSize: 32, seed: 1 })) {
  if (event.type === 'end') weights = event.weights;
}

const detector = createAnomalyDetector({ model, weights });
await detector.fit(validation, { falseAlarms: 0.02 });
const { scores, isAnomaly } = await detector.detect(test);
const { heat } = await detector.explain(test); // by column: squared differences, in deviations
for (const [row, cells] of decodeTable(columns, test.images).entries()) {
  const odd = columns.map(({ name }, i) => `${name} ${heat[row * columns.length + i].toFixed(1)}`);
  console.log(cells.map(Math.round), scores[row].toFixed(1), isAnomaly[row] ? odd.join(', ') : 'ordinary');
}
