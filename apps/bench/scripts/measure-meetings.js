// What bounds a training step on many threads, worked out on one: the step is cut as for so many threads, its pieces are timed one after the
// other, and shared out as threads would take them. Prints a table, and with --timeline who does what when on two threads.
// Before that, what the machine itself gives one thread, and each of two at once.
// Run: node apps/bench/scripts/measure-meetings.js [keras-conv | keras-dense] [--timeline]
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { generateDigits } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import { benchModels } from '../dist/bench-rows.js';
import { peakOf, peaksTogether } from './lib/machine-peaks.js';
import { watchedAccelerator } from './lib/watched-accelerator.js';

const name = process.argv[2]?.startsWith('keras') ? process.argv[2] : 'keras-conv';
const withTimeline = process.argv.includes('--timeline');
const STEPS = 40;
const WARM = 15;
/** A meeting of threads that look for each other, as measured on two: microseconds. */
const MEETING_MS = 0.004;
const { spec, batchSize, optimizer, learningRate, beta, seed } = benchModels()[name];
const drawn = generateDigits({ count: 2048, seed: 0 });
const dataset = {
  name: 'meetings',
  train: { shape: drawn.shape, count: drawn.count, images: drawn.images },
  validation: { shape: drawn.shape, count: 1, images: drawn.images.slice(0, 784) },
};
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function stepTimes(accelerator, steps) {
  const times = [];
  let last;
  const options = { batchSize, optimizer, learningRate, beta, seed, epochs: 1000, accelerator };
  for await (const event of train({ model: createModel(spec), dataset, ...options })) {
    const now = performance.now();
    if (event.type === 'step' && last !== undefined) times.push(now - last);
    last = event.type === 'step' ? now : undefined;
    if (times.length >= steps) break;
  }
  return times.slice(WARM);
}

/** Milliseconds of each piece of each stage of a step that is cut for `workers`, the median of some steps. */
async function piecesFor(workers) {
  let stages = []; // of the run under way: when each piece was asked for
  const runs = [];
  const accelerator = await watchedAccelerator({
    workers,
    tile: 'wide',
    begin() {
      stages = [];
    },
    claim(stage) {
      stages[stage] ??= [];
      stages[stage].push(performance.now());
    },
    end(coefficients) {
      // What validates, or looks at codes, has no coefficients.
      if (coefficients.length > 0)
        runs.push(stages.map((times) => times.slice(1).map((time, i) => time - times[i])));
    },
  });
  await stepTimes(accelerator, STEPS);
  const kept = runs.slice(WARM);
  return kept[0].map((pieces, stage) => pieces.map((_, i) => median(kept.map((run) => run[stage][i]))));
}

/** Who does which piece: each is taken by the thread that is free first. Milliseconds from the first to the last. */
function shareOut(pieces, workers) {
  const free = new Array(workers).fill(0);
  const taken = pieces.map((ms) => {
    const who = free.indexOf(Math.min(...free));
    const start = free[who];
    free[who] += ms;
    return { who, start, ms };
  });
  return { taken, ms: Math.max(...free) };
}

await startWasmBackend();
const warm = await createAccelerator({ workers: 1 }); // which sets the flags and the tile
const alone = median(await stepTimes(warm, STEPS));
await warm.close();
const two = await createAccelerator({ workers: 2 });
const together = median(await stepTimes(two, STEPS));
await two.close();

for (const [kind, unit] of [
  ['strict', 'GFLOP/s of products and sums in registers'],
  ['far', 'GB/s from far memory'],
]) {
  const each = (await peaksTogether(kind, 2)).map((peak) => peak.toFixed(1));
  console.log(
    `${unit}: ${(await peakOf(kind, true)).toFixed(1)} on one thread; ${each.join(' and ')} on two`,
  );
}
console.log(
  `${name}: a step of ${batchSize} images; measured on one thread ${alone.toFixed(1)} ms, on two ${together.toFixed(1)} ms (${(alone / together).toFixed(2)} times)\n`,
);
console.log(
  '| threads | meetings | pieces | longest piece, ms | worked out, ms | times as fast | threads idle |',
);
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
let first;
for (const workers of [1, 2, 4, 8, 16]) {
  const stages = await piecesFor(workers);
  const work = stages.flat().reduce((sum, ms) => sum + ms, 0);
  const own = Math.max(0, alone - work); // the caller's: batches, coefficients, events
  const shared = stages.map((pieces) => shareOut(pieces, workers));
  const ms = own + shared.reduce((sum, stage) => sum + stage.ms + (workers > 1 ? MEETING_MS : 0), 0);
  first ??= ms;
  const idle = 1 - work / (workers * (ms - own));
  const count = stages.reduce((sum, pieces) => sum + pieces.length, 0);
  console.log(
    `| ${workers} | ${stages.length} | ${count} | ${Math.max(...stages.flat()).toFixed(2)} | ${ms.toFixed(1)} | ${(first / ms).toFixed(2)} | ${Math.round(100 * idle)}% |`,
  );
  if (withTimeline && workers === 2) drawTimeline(shared);
}
process.exit(0);

/** Two lines of letters, one for each stage; a dot where a thread waits. */
function drawTimeline(shared) {
  const total = shared.reduce((sum, { ms }) => sum + ms, 0);
  const columns = 100;
  const lines = [[], []].map(() => new Array(columns).fill('.'));
  let begin = 0;
  shared.forEach(({ taken, ms }, stage) => {
    for (const { who, start, ms: length } of taken) {
      const from = Math.floor(((begin + start) / total) * columns);
      const to = Math.max(from + 1, Math.floor(((begin + start + length) / total) * columns));
      lines[who].fill(String.fromCharCode(97 + (stage % 26)), from, Math.min(columns, to));
    }
    begin += ms;
  });
  console.log(`\n${lines.map((line, who) => `thread ${who}  ${line.join('')}`).join('\n')}\n`);
}
