import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createAccelerator } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { openTrainedModel } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportOfRun } from '../report/report-of-run.ts';
import { collect } from '../testing/collect.ts';
import { tempDirectory } from '../testing/temp-directory.ts';
import { TINY_EVALUATION } from '../testing/tiny-evaluation.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { reportRun } from './report-run.ts';
import { runExperiment } from './run-experiment.ts';
import { runFolder } from './run-folder.ts';
import { lockFolder } from './run-lock.ts';

const root = tempDirectory();
const date = () => new Date('2026-01-02T03:04:05Z');
const dataset = tinyDataset();
const whole = join(root, 'whole');
let copies = 0;
const textOf = (...path: string[]) => readFileSync(join(...path), 'utf8');

/** Most of a tiny report's time is its figures': two of them are enough for what is claimed here of reports. */
const figures = [{ name: 'loss-curves' }, { name: 'samples' }] as const;
const quick = (training: Parameters<typeof tinyConfig>[1] = {}) => ({ ...tinyConfig({}, training), figures });

/** The run as it came from another machine, changed. */
function copyOf(change: (path: string) => void = () => {}, isQuick = true): string {
  const path = join(root, `copy-${copies++}`);
  cpSync(whole, path, { recursive: true });
  if (isQuick) {
    const config = JSON.parse(textOf(path, 'config.json'));
    writeFileSync(join(path, 'config.json'), JSON.stringify({ ...config, figures }));
  }
  change(path);
  return path;
}

/** As a process leaves a run that is killed between two epochs. */
function killedCopy(): string {
  return copyOf((path) => {
    for (const name of ['model.json', 'model.safetensors', 'end.json', 'report.html', 'figures']) {
      rmSync(join(path, name), { recursive: true });
    }
    const config = JSON.parse(textOf(path, 'config.json'));
    writeFileSync(
      join(path, 'config.json'),
      JSON.stringify({ ...config, training: { ...config.training, epochs: 5 } }),
    );
  });
}

beforeAll(async () => {
  await collect(runExperiment({ config: tinyConfig(), dataset, out: whole, date }));
});

describe('a finished run', () => {
  it('gets the very figures and report that its training wrote', async () => {
    const path = copyOf((copy) => rmSync(join(copy, 'figures'), { recursive: true }), false);
    writeFileSync(join(path, 'report.html'), 'gone');
    const written = await reportRun(path, { dataset });
    expect(written).toMatchObject({
      report: join(path, 'report.html'),
      state: 'finished',
      epochs: 2,
      keptEpoch: 2,
    });
    expect(textOf(path, 'report.html')).toBe(textOf(whole, 'report.html'));
    for (const name of readdirSync(join(whole, 'figures'))) {
      expect(
        readFileSync(join(path, 'figures', name)).equals(readFileSync(join(whole, 'figures', name))),
      ).toBe(true);
    }
    expect(readdirSync(path)).not.toContain('run.lock');
  });

  it('is left as it is where the page goes elsewhere, as smooth as it is to be', async () => {
    const path = copyOf();
    const out = join(root, 'elsewhere.html');
    await reportRun(path, { dataset, out, smoothing: 2 });
    expect(textOf(path, 'report.html')).toBe(textOf(whole, 'report.html'));
    const [, figure] = textOf(out).match(/class="loss-curves">.*?base64,([^"]*)"/)!;
    expect(Buffer.from(figure!, 'base64').toString()).toContain('mean of 2 epochs');
  });

  it('shows the maps and the evaluation made since, unless they are of other weights', async () => {
    const path = copyOf((copy) => {
      mkdirSync(join(copy, 'projections'));
      writeFileSync(
        join(copy, 'projections', 'projections.svg'),
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
      );
      writeFileSync(
        join(copy, 'projections', 'quality.json'),
        '[{"method":"pca","metrics":{"trustworthiness":0.75}}]',
      );
      const weights = createHash('sha256')
        .update(readFileSync(join(copy, 'model.safetensors')))
        .digest('hex');
      writeFileSync(join(copy, 'evaluation.json'), JSON.stringify({ ...TINY_EVALUATION, weights }));
    });
    const notes: string[] = [];
    const onNote = (note: string) => notes.push(note);
    const out = join(root, 'extras.html');
    await reportRun(path, { dataset, onNote, out });
    expect(textOf(out)).toContain('0.750');
    expect(textOf(out)).toContain('6 test images of digits');
    expect(notes).toEqual([]);
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(join(path, 'projections', 'projections.svg'), old, old);
    writeFileSync(join(path, 'evaluation.json'), JSON.stringify(TINY_EVALUATION));
    await reportRun(path, { dataset, onNote, out });
    expect(textOf(out)).not.toMatch(/6 test images of digits|0\.750/);
    expect(notes).toEqual([
      expect.stringMatching(
        /projections\.svg is of other weights than the model's and left out: project .* makes it anew/,
      ),
      expect.stringMatching(/evaluation\.json is of other weights/),
    ]);
  });

  it('leaves out what is damaged or of a newer Latentkit, and names it', async () => {
    const path = copyOf((copy) => {
      mkdirSync(join(copy, 'projections'));
      writeFileSync(
        join(copy, 'projections', 'projections.svg'),
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
      );
      writeFileSync(join(copy, 'projections', 'quality.json'), '[{"method":');
      writeFileSync(join(copy, 'evaluation.json'), JSON.stringify({ ...TINY_EVALUATION, version: 2 }));
    });
    const notes: string[] = [];
    await reportRun(path, { dataset, onNote: (note) => notes.push(note), out: join(root, 'left.html') });
    expect(notes).toEqual([
      expect.stringMatching(/quality\.json is not JSON.*; it is left out$/),
      expect.stringMatching(/evaluation\.json: expected version 1 at most, got 2: .*; it is left out$/),
    ]);
  });
});

it('is made of its files by an accelerator, as a page does it, to the same bytes but for what a script imports', async () => {
  const accelerator = await createAccelerator({ workers: 1 });
  try {
    const { html, state, figures } = await reportOfRun(runFolder(whole), {
      dataset,
      openModel: (spec, weights) => openTrainedModel(spec, weights, { accelerator }),
    });
    const withoutUse = (page: string) => page.replace(/<section id="use">.*?<\/section>/s, '');
    expect(withoutUse(html)).toBe(withoutUse(textOf(whole, 'report.html')));
    expect(html).toContain('@latentkit/experiment/node');
    expect(state).toBe('finished');
    expect(figures.filter((figure) => 'svg' in figure)).not.toHaveLength(0);
  } finally {
    await accelerator.close();
  }
});

it('a killed run is reported as far as it is, from its checkpoint', async () => {
  const out = join(root, 'killed.html');
  const written = await reportRun(killedCopy(), { dataset, date, out });
  expect(written).toMatchObject({ state: 'stopped', epochs: 2, keptEpoch: 2 });
  const html = textOf(out);
  expect(html).toContain('Stopped after 2 of 5 epochs: the model so far; the weights are those of epoch 2.');
  expect(html).toContain('drawn 2026-01-02 03:04 UTC');
  const samples = (page: string) => page.match(/<figure class="samples">.*?<\/figure>/)![0];
  expect(samples(html)).toBe(samples(textOf(whole, 'report.html'))); // the same weights
});

it('a run killed between a row and its checkpoint says whose weights it shows', async () => {
  const path = killedCopy();
  const rows = textOf(path, 'metrics.jsonl').trimEnd().split('\n');
  const better = { ...JSON.parse(rows.at(-1)!), epoch: 3, valLoss: 1 };
  writeFileSync(join(path, 'metrics.jsonl'), [...rows, JSON.stringify(better), ''].join('\n'));
  const out = join(root, 'ahead.html');
  expect(await reportRun(path, { dataset, out })).toMatchObject({ epochs: 3, keptEpoch: 2 });
  expect(textOf(out)).toContain('the weights are those of epoch 2.');
});

it('a run that keeps its last weights, killed within an epoch, notes what they have learned from', async () => {
  const path = join(root, 'last');
  const config = quick({ keep: 'last' });
  const notes: string[] = [];
  for await (const event of runExperiment({
    config,
    dataset,
    out: path,
    checkpointMinutes: 1e-9,
    eager: true,
  })) {
    if (event.type === 'step' && event.epoch === 2 && event.batch === 3) break;
  }
  const out = join(root, 'last.html');
  await reportRun(path, { dataset, out, onNote: (note) => notes.push(note) });
  expect(notes).toEqual([
    'the weights have learned from 2 batches of epoch 2, too: the run keeps its last ones',
  ]);
});

it('an aborted run is reported from the model so far', async () => {
  const path = join(root, 'aborted');
  const stop = new AbortController();
  const config = quick({ epochs: 9 });
  for await (const event of runExperiment({ config, dataset, out: path, signal: stop.signal, date })) {
    if (event.type === 'epoch') stop.abort();
  }
  expect(existsSync(join(path, 'report.html'))).toBe(false);
  const out = join(root, 'aborted.html');
  expect(await reportRun(path, { dataset, out })).toMatchObject({
    state: 'stopped',
    epochs: 1,
    keptEpoch: 1,
  });
  expect(textOf(out)).toContain('Stopped after 1 of 9 epochs');
  expect(textOf(out)).toContain('2026-01-02 03:04 UTC');
});

it('a run killed within an epoch is reported by the last one that was done', async () => {
  const path = join(root, 'within');
  const stop = new AbortController();
  for await (const event of runExperiment({
    config: quick(),
    dataset,
    out: path,
    signal: stop.signal,
  })) {
    if (event.type === 'step' && event.epoch === 2 && event.batch === 2) stop.abort();
  }
  const samplesOf = async () => {
    const out = join(root, 'within.html');
    expect(await reportRun(path, { dataset, out })).toMatchObject({ epochs: 1, keptEpoch: 1 });
    return textOf(out).match(/<figure class="samples">.*?<\/figure>/)![0];
  };
  const fromModel = await samplesOf();
  for (const name of ['model.json', 'model.safetensors', 'end.json']) rmSync(join(path, name));
  expect(await samplesOf()).toBe(fromModel);
});

describe('is refused in a line', () => {
  const code = (expected: string) => expect.objectContaining({ code: expected });

  it('where there is no run, or no epoch of it', async () => {
    await expect(reportRun(join(root, 'nowhere'), { dataset })).rejects.toEqual(code('E_NOT_FOUND'));
    const path = killedCopy();
    rmSync(join(path, 'metrics.jsonl'));
    await expect(reportRun(path, { dataset })).rejects.toThrow('no epoch of this run is done yet');
  });

  it('for the data of another run', async () => {
    const other = digitsDataset({ train: 100, validation: 40 });
    await expect(reportRun(copyOf(), { dataset: other })).rejects.toEqual(code('E_USAGE'));
  });

  it('while another process writes there, but not for a page elsewhere', async () => {
    const path = copyOf();
    const lock = await lockFolder(path);
    try {
      await expect(reportRun(path, { dataset })).rejects.toEqual(code('E_EXISTS'));
      const out = join(root, 'meanwhile.html');
      expect(await reportRun(path, { dataset, out })).toMatchObject({ report: out, state: 'writing' });
    } finally {
      await lock.release();
    }
  });

  it('for damaged files', async () => {
    const cut = (name: string) =>
      copyOf((path) => writeFileSync(join(path, name), textOf(path, name).slice(0, 20)));
    for (const name of ['config.json', 'model.json', 'end.json', 'metrics.jsonl']) {
      const path = cut(name);
      if (name === 'metrics.jsonl') writeFileSync(join(path, name), '{"epoch":\n');
      await expect(reportRun(path, { dataset }), name).rejects.toEqual(code('E_FORMAT'));
    }
  });
});
