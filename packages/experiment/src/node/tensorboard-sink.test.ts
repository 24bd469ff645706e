import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { encodeTensorboardEvents } from '@latentkit/formats';
import type { EndEvent } from '@latentkit/trainers';
import { beforeAll, describe, expect, it } from 'vitest';
import { withSinks } from '../sinks/with-sinks.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { type RunExperimentOptions, runExperiment } from './run-experiment.ts';
import { createTensorboardSink } from './tensorboard-sink.ts';

const root = tempDirectory();
const config = tinyConfig({}, { epochs: 3, beta: { type: 'linear', from: 0, to: 1, epochs: 2 } });
const dataset = tinyDataset();
const NAME = `events.out.tfevents.1767225600.${hostname()}.${process.pid}.latentkit`;
const wallTime = 1767225600.5;
const PNG = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** A run whose events go to a sink, up to its model. */
async function watch(logs: string, options: Partial<RunExperimentOptions> & { out: string }) {
  const failures: string[] = [];
  const sink = await createTensorboardSink(logs, { config, dataset, now: () => wallTime });
  const events = withSinks(runExperiment({ config, dataset, ...options }), [sink], {
    onFailure: ({ message }) => failures.push(message),
  });
  for await (const event of events) {
    if (event.type === 'epoch' && options.out.endsWith('spoilt')) {
      rmSync(join(logs, 'train'), { recursive: true, force: true });
    }
    if (event.type === 'end') return { end: event, failures };
  }
  throw new Error('a run without an end');
}

describe('event files of a run', () => {
  const logs = join(root, 'logs');
  let end: EndEvent;
  beforeAll(async () => {
    ({ end } = await watch(logs, { out: join(root, 'run') }));
  });

  it('hold what training measured, an epoch a step', () => {
    const opening = [
      { wallTime, mark: 'version' as const },
      { wallTime, step: 1, mark: 'start' as const },
    ];
    const steps = end.history.map(
      ({ epoch: step, loss, reconstruction, kl, learningRate, beta, seconds }) => ({
        ...{ wallTime, step },
        values: [
          { tag: 'loss', scalar: loss },
          { tag: 'reconstruction', scalar: reconstruction!, description: 'Reconstruction: nats' },
          { tag: 'kl', scalar: kl!, description: 'KL divergence: nats' },
          { tag: 'learning_rate', scalar: learningRate },
          { tag: 'beta', scalar: beta! },
          { tag: 'seconds', scalar: seconds },
        ],
      }),
    );
    const names = Object.keys(end.history[0]!).filter((name) => !name.startsWith('val'));
    expect(names).toEqual(['epoch', 'loss', 'reconstruction', 'kl', 'learningRate', 'beta', 'seconds']);
    const bytes = new Uint8Array(readFileSync(join(logs, 'train', NAME)));
    expect(bytes).toEqual(encodeTensorboardEvents([...opening, ...steps]));
  });

  it('have the validation apart, by the same names, with pictures', () => {
    const { valLoss, valReconstruction, valKl, valTarget } = end.history[0]!;
    const first = encodeTensorboardEvents([
      { wallTime, mark: 'version' },
      { wallTime, step: 1, mark: 'start' },
      {
        ...{ wallTime, step: 1 },
        values: [
          { tag: 'loss', scalar: valLoss },
          { tag: 'reconstruction', scalar: valReconstruction!, description: 'Reconstruction: nats' },
          { tag: 'kl', scalar: valKl!, description: 'KL divergence: nats' },
          { tag: 'target', scalar: valTarget! },
        ],
      },
    ]);
    const bytes = readFileSync(join(logs, 'validation', NAME));
    expect(new Uint8Array(bytes.subarray(0, first.length))).toEqual(first);
    let pictures = 0;
    for (let at = bytes.indexOf(PNG); at >= 0; at = bytes.indexOf(PNG, at + 1)) pictures++;
    expect(pictures).toBe(6); // two after each of three epochs, the last ones of the kept weights
  });

  it.each([{ eager: true }, { workers: 2 }])('change no bit of the weights: %o', async (options) => {
    const plain = await trainRun({
      config,
      dataset,
      out: join(root, `plain-${Object.keys(options)}`),
      ...options,
    });
    const name = `watched-${Object.keys(options)}`;
    const watched = await watch(join(root, `logs-${name}`), { out: join(root, name), ...options });
    expect(watched.end.weights).toEqual(plain.weights);
    expect(end.weights).toEqual(plain.weights);
  });
});

it('a folder that is gone is told of once, and the run goes on', async () => {
  const { end, failures } = await watch(join(root, 'gone'), { out: join(root, 'spoilt') });
  expect(end.reason).toBe('completed');
  expect(failures).toEqual([
    expect.stringMatching(/^could not write .*gone.train.events.*: its folder is gone/),
  ]);
});

it('a folder that cannot be made is refused at once', async () => {
  writeFileSync(join(root, 'file'), '');
  await expect(createTensorboardSink(join(root, 'file'), { config, dataset })).rejects.toMatchObject({
    code: 'E_IO',
  });
  expect(readdirSync(root)).not.toContain('logs-file');
});
