// How long a step of `iwae` takes beside a plain one: dense networks of 784-200-200-50, drawn digits.
//   node packages/trainers/scripts/cost-of-samples.js [samples] [threads] [batch]
// With gradients through all samples, and through one that is drawn by its weight.
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { pixelsToFloats } from '@latentkit/core';
import { generateDigits } from '@latentkit/datasets';
import { createModel } from '@latentkit/models';
import { createObjective, scalarsAt, stepProgram } from '@latentkit/objectives';
import { createOptimizer } from '@latentkit/trainers';

const [samples = 50, workers = 1, batch = 128] = process.argv.slice(2).map(Number);
const net = { type: 'mlp', hidden: [200, 200], activation: 'tanh' };
const shape = { height: 28, width: 28, channels: 1 };
const model = createModel({
  ...{ kind: 'vae', image: shape, latentDim: 50, encoder: net, decoder: net },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
});
const x = {
  shape: [batch, 28, 28, 1],
  data: pixelsToFloats(generateDigits({ count: batch, seed: 0 }).images),
};
await startWasmBackend();
const accelerator = await createAccelerator({ workers });
const optimizer = createOptimizer({ name: 'adam' });

/** Milliseconds of each step of so many, those of the first third left out. */
async function timesOf(spec, steps) {
  const objective = createObjective(model, spec);
  const parameters = objective.initialize(1);
  const slots = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { shape, data }]) =>
      optimizer.rule.slots.map((slot) => [`${name}/${slot}`, { shape, data: data.map(() => 0) }]),
    ),
  );
  const session = await accelerator.open({ parameters, slots });
  const scalars = scalarsAt(objective);
  const program = stepProgram(objective, objective.players[0], { scalars });
  const times = [];
  for (let step = 1; step <= steps; step++) {
    const noise = {
      requests: objective.noise,
      rows: batch,
      address: { seed: 1, stream: 2, step },
    };
    const update = {
      rule: optimizer.rule,
      coefficients: optimizer.coefficients({ learningRate: 1e-3, step }),
    };
    const started = performance.now();
    await session.step(program, { inputs: { x }, noise, scalars }, update);
    times.push(performance.now() - started);
  }
  session.close();
  return times.slice(Math.floor(steps / 3)).sort((a, b) => a - b);
}

const plain = await timesOf({ type: 'elbo' }, 60);
const several = await timesOf({ type: 'iwae', samples }, 12);
const resampled = await timesOf({ type: 'iwae', samples, gradient: 'resampled' }, 30);
const middle = (times) => times[times.length >> 1];
const rows = {
  plain,
  [`${samples} samples`]: several,
  [`${samples} samples, gradient 'resampled'`]: resampled,
};
for (const [name, times] of Object.entries(rows)) {
  const [least, most] = [times[0] / plain[0], middle(times) / middle(plain)].map((ratio) => ratio.toFixed(1));
  console.log(
    `${name}: ${times[0].toFixed(2)} ms at least, ${middle(times).toFixed(2)} in the middle; ${least} and ${most} times plain`,
  );
}
await accelerator.close();
