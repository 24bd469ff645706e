// Trains the recipe of the tour and keeps what the lab shows of it: what is on the first screen before anything has been computed.
// Run after a change of the recipe or of what it computes: pnpm exec node apps/web/scripts/make-poster.js
import { writeFile } from 'node:fs/promises';
import { createLook } from '../src/lab/look.ts';
import { createTraining } from '../src/lab/training.ts';
import { configOf, FIRST_SETTING } from '../src/state/setting.ts';
import { packPoster } from '../src/tour/poster.ts';

const { port1, port2 } = new MessageChannel();
const { promise: finished, resolve: finish } = Promise.withResolvers();
let data;
let pictures;
const look = createLook((event) => {
  if (event.type === 'data') data = event;
  else pictures = event;
  if (event.isLast) finish();
});
look.join({ port: port1 });

let loss;
let fingerprint;
const training = createTraining((event) => {
  if (event.type === 'epoch') loss = event.row.valLoss;
  if (event.type === 'end') fingerprint = event.fingerprint;
});
await training.train({ config: configOf(FIRST_SETTING), workers: 1, look: port2 });
await finished;

const poster = packPoster({ data, pictures, loss, fingerprint });
await writeFile(
  new URL('../src/tour/poster.json', import.meta.url),
  `${JSON.stringify(poster, undefined, 2)}\n`,
);
console.log(`poster of ${fingerprint.slice(0, 16)}, validation loss ${loss.toFixed(2)}`);
process.exit(0); // the accelerator of the pictures waits for more
