import { createAccelerator } from '@latentkit/backend';
import { type ImageSet, LatentkitError, pixelCount } from '@latentkit/core';
import { takeImages } from '@latentkit/datasets';
import { interpolateCodes, tableColumnsOf } from '@latentkit/experiment';
import { type AcceleratedModel, createModel, openTrainedModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { evaluateEach } from '@latentkit/trainers';
import { isTable } from '../data/is-table.ts';
import { cellsOf, cellsOfRows } from './cells.ts';
import { checkConfig } from './check-config.ts';
import { explain } from './explain.ts';
import { moving } from './line.ts';
import type { Judged, LentRun, LookCalls, LookData, LookEvent, LookWeights, ToLook } from './messages.ts';
import { keepRunOf, type ReadRun, readRun } from './open-run.ts';
import { describe, makePictures, type OpenedModel, SAMPLE_SEED, shownOf, toBytes } from './pictures.ts';
import { drawRun, layBeside } from './run-pictures.ts';
import { exportZip, findUnfinished, forgetRun, listStored, renameRun } from './stored-runs.ts';
import { takeOut } from './take-out.ts';
import { createTurns, URGENCY, type Urgency } from './turns.ts';

/** Validation images that a drawing is compared with. */
const COMPARED = 500;

interface Opened extends OpenedModel {
  /** Losses of validation images, once they have been wanted. */
  losses?: Promise<Float64Array>;
}

/** Makes pictures of the newest weights on a thread of its own: what is asked for by a hand never waits for a training step. */
export function createLook(tell: (event: LookEvent) => void): LookCalls {
  const accelerator = createAccelerator({ workers: 1 });
  const take = createTurns();
  let data: LookData | undefined;
  let shown: ImageSet | undefined;
  let opened: Opened | undefined;
  let newest: LookWeights | undefined;
  let isBusy = false;
  /** A finished run that was read, until it is shown. */
  let readyToShow: ReadRun | undefined;
  /** Those of the run that is shown, where it was opened. */
  let openedFiles: ReadRun['files'] | undefined;
  /** Where weights come from that are being trained. */
  let joined: MessagePort | undefined;

  function hear(message: ToLook): void {
    if (message.type === 'data') {
      data = message;
      shown = shownOf(message);
      newest = undefined;
      tell(describe(message, shown));
      return;
    }
    newest = message;
    if (!isBusy) work().catch(reportError); // the page hears of it as of a worker that ends
  }

  /** One set of weights after the other; those that newer ones have overtaken are left out. */
  async function work(): Promise<void> {
    isBusy = true;
    while (newest && data && shown) {
      const [from, of, few] = [newest, data, shown];
      newest = undefined;
      opened = { from, of, model: await take(URGENCY.eye, () => modelOf(of, from)) };
      tell(await makePictures(opened, few, take));
    }
    isBusy = false;
  }

  /** One model a run, so that what it computes is recorded once. */
  async function modelOf(of: LookData, { weights }: LookWeights): Promise<AcceleratedModel> {
    const before = opened;
    if (before?.of === of) {
      await before.model.update(weights);
      return before.model;
    }
    const model = await openTrainedModel(of.spec, weights, { accelerator: await accelerator });
    void before?.model.dispose();
    return model;
  }

  /** How unusual images are: the negative ELBO of each, in nats where the likelihood is one. */
  async function lossesOf(
    one: Opened,
    { images, labels, count }: Pick<LookData, 'images' | 'labels' | 'count'>,
  ): Promise<Float64Array> {
    const { spec } = one.of;
    const set = { shape: spec.image, images, labels, count } as ImageSet;
    const options = { accelerator: await accelerator, seed: SAMPLE_SEED };
    const objective = createObjective(createModel(spec));
    const { loss } = await take(URGENCY.eye, () => evaluateEach(objective, one.from.weights, set, options));
    return loss;
  }

  async function decode(
    codes: Float32Array,
    label: number,
    urgency: Urgency,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const one = opened;
    if (!one) return new Uint8Array(0);
    const told = one.of.spec.condition && { label };
    return toBytes(await take(urgency, () => one.model.decode(codes, told)));
  }

  async function judge({ image, label }: { image: Uint8Array; label: number }): Promise<Judged> {
    const one = opened;
    if (!one) throw new LatentkitError('E_USAGE', 'there is no trained network to look at the drawing yet');
    const { spec, images, labels, count } = one.of;
    const told = spec.condition && { label };
    const codes = await take(URGENCY.hand, () => one.model.encode(image, told));
    const reconstruction = toBytes(await take(URGENCY.hand, () => one.model.reconstruct(image, told)));
    const compared = Math.min(COMPARED, count);
    if (compared > 0) {
      one.losses ??= lossesOf(one, {
        images: images.subarray(0, compared * pixelCount(spec.image)),
        ...(labels && { labels: labels.subarray(0, compared) }),
        count: compared,
      });
    }
    const drawing = { images: image, labels: Uint8Array.of(label), count: 1 };
    const [losses, own] = await Promise.all([one.losses, lossesOf(one, drawing)]);
    const loss = own[0]!;
    return {
      mean: codes.mean,
      ...(codes.logVar && { logVar: codes.logVar }),
      reconstruction,
      loss,
      ...(losses && { moreUnusualThan: losses.filter((value) => value < loss).length / losses.length }),
    };
  }

  return {
    check: ({ config }) => checkConfig(config),
    unfinished: ({ names }) => findUnfinished(names),
    export: ({ name }) => exportZip(name),
    forget: ({ name }) => forgetRun(name),
    stored: listStored,
    draw: async ({ name }) => drawRun(name, { accelerator: await accelerator, take }),
    rename: ({ name, to }) => renameRun(name, to),
    keep: keepRunOf,
    vectors: async (input) => (await import('./vectors.ts')).readVectors(input),
    judgeMap: async (input) => (await import('./judge-map.ts')).judgeMap(input),
    async takeOut(wanted) {
      if (!opened) throw new LatentkitError('E_USAGE', 'there is no trained network to take out yet');
      return takeOut(opened, wanted, take);
    },
    async report(input) {
      const { makeReport } = await import('./report.ts');
      return makeReport(input, { accelerator: await accelerator, take, opened: openedFiles });
    },
    lend({ port }) {
      if (!opened) throw new LatentkitError('E_USAGE', 'there is no trained network to evaluate yet');
      const { of, from } = opened;
      port.postMessage({ of, from } satisfies LentRun);
    },
    beside: async ({ names }) => layBeside(names, { accelerator: await accelerator, take }),
    async open(source) {
      readyToShow = await readRun(source);
      return readyToShow?.opened;
    },
    show() {
      const run = readyToShow;
      readyToShow = undefined;
      if (!run) return;
      // What is still trained says nothing of this one.
      if (joined) joined.onmessage = null;
      openedFiles = run.files;
      hear(run.data);
      const { epoch } = run.opened.end;
      hear({ type: 'weights', weights: run.weights, epoch, batch: 0, isLast: true });
    },
    join({ port }) {
      joined = port;
      openedFiles = undefined;
      port.onmessage = ({ data: message }: MessageEvent<ToLook>) => hear(message);
    },
    async decode({ codes, label, isUrgent = true }) {
      const images = await decode(codes, label, isUrgent ? URGENCY.hand : URGENCY.eye);
      return moving(images, [images.buffer]);
    },
    async walk({ from, to, label, ...options }) {
      const codes = interpolateCodes(from, to, options);
      return { codes, images: await decode(codes, label, URGENCY.eye) };
    },
    images({ rows }) {
      if (!data) return new Uint8Array(0);
      const { spec, images, count } = data;
      const set = { shape: spec.image, images, count } as ImageSet;
      const { images: taken } = takeImages(set, rows);
      const bytes = taken instanceof Uint8Array ? taken : toBytes(taken);
      return moving(bytes, [bytes.buffer as ArrayBuffer]);
    },
    isTable: ({ files }) => isTable(files),
    values: () => Float32Array.from(data?.images ?? []),
    async cells(asked) {
      if ('rows' in asked) return data ? cellsOfRows(data, asked.rows) : [];
      const one = opened;
      if (!one) return [];
      const told = one.of.spec.condition && { label: asked.label };
      const values = await take(URGENCY.hand, () => one.model.decode(asked.codes, told));
      return cellsOf(one.of.spec, values) ?? [];
    },
    judge,
    async explain({ rows, draw }) {
      const one = opened;
      if (!one)
        throw new LatentkitError('E_USAGE', 'there is no trained network to follow images through yet');
      const { spec, images, labels, count } = one.of;
      if (count === 0)
        throw new LatentkitError('E_USAGE', 'there are no images of this run here to follow through');
      if (tableColumnsOf(spec))
        throw new LatentkitError(
          'E_USAGE',
          'this network learned a table, and only pictures are followed through',
        );
      const set = { shape: spec.image, images, labels, count } as ImageSet;
      const batch = takeImages(
        set,
        rows.map((row) => row % count),
      );
      const options = { draw, accelerator: await accelerator };
      const way = await take(URGENCY.eye, () => explain(one.model, one.from, batch, options));
      return { ...way, images: batch.images instanceof Uint8Array ? batch.images : toBytes(batch.images) };
    },
  };
}
