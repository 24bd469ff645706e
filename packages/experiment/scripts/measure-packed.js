// What training from a packed set takes, beside the same images in memory.
// Memory: the peak RSS of training keras-conv from a packed set of 2 GiB (a sparse file): some steps of all of its images, and a
// whole run with figures of a part of them. Speed: images a second of keras-conv, epochs of the one and the other in turn.
// Run: node packages/experiment/scripts/measure-packed.js [memory | speed] [GiB of the sparse set, 2 by default]   (after pnpm build)
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccelerator } from '@latentkit/backend';
import { generateDigits, splitImages } from '@latentkit/datasets';
import { filesOf, openPackedSet, packFiles } from '@latentkit/datasets/node';
import { findRecipe } from '@latentkit/experiment';
import { loadDataset, runExperiment } from '@latentkit/experiment/node';
import { trainingOf } from '@latentkit/experiment/store';
import { createSha256, encodeNpy, encodeNpyHeader } from '@latentkit/formats';
import { train } from '@latentkit/trainers';

const STEPS = 100;
const { model, training } = findRecipe('keras-conv');
const config = {
  recipe: 'keras-conv',
  model,
  training: { ...training, epochs: 1 },
  dataset: { name: 'arrays' },
};

const [what, ...task] = process.argv.slice(2);
if (what === 'train') await trainAndTell(...task);
else {
  const root = await mkdtemp(join(tmpdir(), 'latentkit-measure-'));
  try {
    if (what !== 'speed') await measureMemory(root);
    if (what !== 'memory') await measureSpeed(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

async function measureMemory(root) {
  for (const side of [28, 64]) {
    const path = join(root, `sparse-${side}`);
    const count = await writeSparseSet(path, side);
    for (const [name, cut] of [
      [`${STEPS} steps of all of them`, { validation: 1000 }],
      ['a whole run of 2,000, with figures', { limit: 2000, validation: 500 }],
    ]) {
      const { peak, steps } = await inProcess([
        'train',
        path,
        join(root, `run-${side}`),
        JSON.stringify(cut),
      ]);
      console.log(
        `${count.toLocaleString('en-US')} images of ${side} x ${side}, ${name} (${steps} steps): peak RSS ${(peak / 1024).toFixed(0)} MiB`,
      );
    }
    await rm(path, { recursive: true });
  }
}

/** A packed set of black images that takes no room on the disk. */
async function writeSparseSet(path, side) {
  const row = side * side;
  const [gibibytes = '2'] = task;
  const count = Math.floor((Number(gibibytes) * 2 ** 30) / row);
  const header = encodeNpyHeader([count, side, side, 1], 'uint8');
  await mkdir(path);
  const file = await open(join(path, 'train-00000.npy'), 'w');
  await file.write(header);
  await file.truncate(header.length + count * row);
  await file.close();
  const [pixels, whole] = [createSha256(), createSha256().update(header)];
  const zeros = new Uint8Array(2 ** 24);
  for (let left = count * row; left > 0; left -= zeros.length) {
    const some = zeros.subarray(0, Math.min(left, zeros.length));
    pixels.update(some);
    whole.update(some);
  }
  const shard = { file: 'train-00000.npy', count, sha256: whole.digest('hex') };
  const manifest = {
    ...{
      format: 'latentkit-pack',
      version: 1,
      type: 'uint8',
      shape: { height: side, width: side, channels: 1 },
    },
    parts: { train: { count, sha256: pixels.digest('hex'), shards: [shard] } },
    report: { source: 'arrays', kept: count, skipped: [], classes: [], notes: [] },
  };
  await writeFile(join(path, 'latentkit-pack.json'), JSON.stringify(manifest));
  return count;
}

function inProcess(args) {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1], args);
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
}

/** Trains, for so many steps at most, and tells its parent the most memory that it took. */
async function trainAndTell(path, out, cut) {
  const of = { ...config, dataset: { ...config.dataset, ...JSON.parse(cut) } };
  const dataset = await loadDataset(of.dataset, { data: path });
  const abort = new AbortController();
  let steps = 0;
  const run = { config: of, dataset, out, workers: 2, signal: abort.signal, force: true };
  for await (const event of runExperiment(run)) {
    if (event.type === 'step' && ++steps === STEPS) abort.abort();
  }
  process.send({ peak: process.resourceUsage().maxRSS, steps });
}

async function measureSpeed(root) {
  const own = join(root, 'own');
  await mkdir(own);
  const count = 3000;
  const { images } = generateDigits({ count, seed: 1 });
  await writeFile(join(own, 'x.npy'), encodeNpy({ shape: [count, 28, 28], data: Uint8Array.from(images) }));
  await packFiles(filesOf(own), { out: join(root, 'packed'), shardBytes: 2 ** 20 }); // five files
  const packed = (await openPackedSet(join(root, 'packed'))).parts.train;
  const inMemory = { shape: packed.shape, count, images };
  const accelerator = await createAccelerator({ workers: 2 });
  const seconds = { memory: [], packed: [] };
  const cpu = { memory: [], packed: [] }; // of all threads: on a machine that has other work, too, this is steadier
  for (let round = 0; round < 9; round++) {
    for (const [name, set] of Object.entries({ memory: inMemory, packed })) {
      const dataset = { name, ...splitImages(set, { validationCount: 1 }) };
      const [started, used] = [performance.now(), process.cpuUsage()];
      for await (const _ of train({ ...trainingOf(config, dataset), accelerator }));
      if (round === 0) continue; // it warms up
      seconds[name].push((performance.now() - started) / 1000);
      const { user, system } = process.cpuUsage(used);
      cpu[name].push((user + system) / 1e6);
    }
  }
  await accelerator.close();
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  for (const [name, values] of Object.entries(seconds)) {
    const rate = Math.round(count / median(values));
    console.log(
      `${name}: ${rate} images a second, ${median(cpu[name]).toFixed(2)} s of CPU an epoch of ${count} (medians of ${values.length} epochs)`,
    );
    console.log(`  seconds ${values.map((value) => value.toFixed(2)).join(' ')}`);
    console.log(`  CPU     ${cpu[name].map((value) => value.toFixed(2)).join(' ')}`);
  }
  const ratio = (of) => (median(of.memory) / median(of.packed)).toFixed(3);
  console.log(`packed / memory, of the medians: ${ratio(seconds)} by the clock, ${ratio(cpu)} by CPU`);
}
