// Trains on a folder of pictures: its folders are the classes, and every file is kept or left out with the reason.
import { mkdir, writeFile } from 'node:fs/promises';
import { startWasmBackend } from '@latentkit/backend';
import { importFiles } from '@latentkit/datasets/import';
import { filesOf } from '@latentkit/datasets/node';
import { encodePng } from '@latentkit/figures';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

// Pictures as they come: of several sizes, in colour, some of them see-through. Here: 120 discs and 120 squares.
for (const kind of ['disc', 'square']) {
  await mkdir(`pictures/${kind}`, { recursive: true });
  for (let i = 0; i < 120; i++) {
    const [width, height, radius] = [24 + (i % 9), 20 + (i % 7), 5 + (i % 4)];
    const data = new Uint8Array(width * height * 4);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const [x, y] = [(pixel % width) - 8 - (i % 11), Math.floor(pixel / width) - 8 - (i % 5)];
      const far = kind === 'disc' ? Math.hypot(x, y) : Math.max(Math.abs(x), Math.abs(y));
      data.set([120, 40, 200, far < radius ? 255 : 0], 4 * pixel);
    }
    await writeFile(`pictures/${kind}/${i}.png`, encodePng({ width, height, channels: 4, data }));
  }
}
await writeFile('pictures/about.txt', 'Drawn by a program.');

const looks = { size: 16, channels: 1, fit: 'pad', background: 'black' };
const { dataset, report } = await importFiles(filesOf('pictures'), looks);
console.log(report.classes, report.skipped, report.notes);

await startWasmBackend();
const dense = { type: 'mlp', hidden: [64], activation: 'relu' };
const likelihood = { type: 'bernoulli', output: 'sigmoid' };
const image = dataset.train.shape;
const spec = { kind: 'vae', image, latentDim: 2, encoder: dense, decoder: dense, likelihood };
for await (const event of train({ model: createModel(spec), dataset, epochs: 5, batchSize: 24 })) {
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.loss.toFixed(1)} nats an image`);
}
// The command line does the same: latentkit train --data pictures --size 16 --channels 1 --fit pad --background black
