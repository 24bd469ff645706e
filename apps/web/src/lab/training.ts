import { createAccelerator } from '@latentkit/backend';
import { type Dataset, LatentkitError, type NamedArrays } from '@latentkit/core';
import { takeImages } from '@latentkit/datasets';
import { type ExperimentConfig, modelSpecOf, parseConfig } from '@latentkit/experiment';
import { fingerprintWeights } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { type Checkpoint, type EpochEvent, largestBatch, type StepEvent, train } from '@latentkit/trainers';
import type { PickedFile } from '../data/dropped-files.ts';
import { loadOwnFiles } from '../data/load-own-files.ts';
import { whyNotOnAPage } from '../state/obstacles.ts';
import { roomOf } from './check-config.ts';
import { curvesOf } from './curves-of.ts';
import { createDownloads } from './downloads.ts';
import { faultOf } from './fault.ts';
import { type KeptRun, keepRun } from './keep-run.ts';
import { rememberImages } from './known-images.ts';
import type { LabCalls, LabEvent, RunRequest, ToLook } from './messages.ts';
import { configOfRun, exportZip, forgetRun } from './stored-runs.ts';

/** Steps are told so often at most: numbers that change faster are not read, and a page that is drawn anew takes time from training. */
const TELL_MS = 100;
/** There is something to write so often at least. */
const CHECKPOINT_SECONDS = 10;
/** Pictures are made so often: a map that moves takes time from training. */
const SNAPSHOT_SECONDS = 1;
/** Pictures are made of so many validation images. */
const LOOKED_AT = 2000;

type Gate = { readonly isOpen: Promise<void>; open(): void };
type WholeEpoch = { readonly name: string; readonly checkpoint: Checkpoint };

/** Trains one run at a time, and tells of it. */
export function createTraining(tell: (event: LabEvent) => void): LabCalls {
  let stop = new AbortController();
  const loadNamed = createDownloads(tell);
  const files: PickedFile[] = [];
  /** There while the run is held. */
  let gate: Gate | undefined;
  let isStepping = false;
  /** The last whole epoch of the run under way, or of the last one. */
  let lastEpoch: WholeEpoch | undefined;
  /** Over when the run before has let go of everything. */
  let before: Promise<unknown> = Promise.resolve();
  /** Where the run under way, or the last one, is written. */
  let kept: KeptRun | undefined;

  function hold(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate ??= { isOpen: promise, open: resolve };
  }
  function release(): void {
    gate?.open();
    gate = undefined;
  }

  function load(config: ExperimentConfig['dataset'], signal: AbortSignal): Promise<Dataset> {
    if (config.name === 'arrays') {
      let told = 0;
      return loadOwnFiles(files, config, {
        signal,
        onProgress(progress) {
          if (performance.now() - told < TELL_MS) return;
          told = performance.now();
          tell({ type: 'import', progress });
        },
        onReport: (report) => tell({ type: 'imported', report }),
      });
    }
    return loadNamed(config, signal);
  }

  async function trainRun({ config: given, workers, look, resume, isRescue }: RunRequest): Promise<void> {
    const { signal } = stop;
    const broken = isRescue ? lastEpoch : undefined;
    lastEpoch = undefined;
    if (isRescue && !broken) throw new LatentkitError('E_USAGE', 'there is no epoch to go on from');
    const send = (message: ToLook, moved: Transferable[] = []) => look.postMessage(message, moved);
    const config = resume === undefined ? parseConfig(given) : await configOfRun(resume);
    const why = whyNotOnAPage(config, { goesOn: resume !== undefined });
    if (why) throw why;
    const dataset = await load(config.dataset, signal);
    const spec = modelSpecOf(config, dataset.train.shape, dataset.columns);
    const model = createModel(spec);
    const objective = createObjective(model, config.objective, { examples: dataset.train.count });
    const looked = takeImages(dataset.validation, [
      ...Array(Math.min(LOOKED_AT, dataset.validation.count)).keys(),
    ]);
    const { classNames, learnsFromJudges: learnedFrom = false } = dataset;
    const of =
      config.dataset.name === 'arrays'
        ? 'validation images of your own files'
        : `validation images of ${config.dataset.name}`;
    send({
      ...{ type: 'data', spec, images: looked.images, labels: looked.labels },
      ...(classNames && { classNames }),
      ...(config.objective && { objective: config.objective }),
      ...{ config, trainImages: dataset.train.count, title: of },
      ...{ count: looked.count, learnedFrom },
    });
    if (config.dataset.name !== 'arrays') {
      void rememberImages(config.dataset, { set: looked, of, classNames, learnedFrom });
    }
    const run = await keepRun(config, dataset, { resume, from: broken?.checkpoint, tell });
    kept = run;
    if (run.checkpoint) noteWhole(run.name, run.checkpoint);
    const accelerator = await createAccelerator({ workers, onNote: (note) => tell({ type: 'note', note }) });
    const clock = createClock();
    const sendWeights = (weights: NamedArrays, at: { epoch: number; batch: number; isLast: boolean }) => {
      const own = copyOf(weights, Object.keys(model.parameterShapes));
      send(
        { type: 'weights', weights: own, ...at },
        Object.values(own).map(({ data }) => data.buffer),
      );
    };
    try {
      for await (const event of train({
        model,
        dataset,
        objective,
        ...config.training,
        accelerator,
        signal,
        checkpoint: run.checkpoint,
        checkpointSeconds: CHECKPOINT_SECONDS,
        snapshotSeconds: SNAPSHOT_SECONDS,
      })) {
        void run.save(event);
        if (event.type === 'checkpoint') noteWhole(run.name, event.checkpoint);
        if (event.type === 'start') {
          tell({ ...event, threads: accelerator.workers, spec, curves: curvesOf(event.terms) });
          const { progress, weights } = run.checkpoint ?? {};
          for (const row of progress?.history ?? [])
            tell({ type: 'epoch', row: { type: 'epoch', ...row } as EpochEvent });
          sendWeights(weights ?? model.initialize(config.training.seed), {
            epoch: progress?.epoch ?? 0,
            batch: progress?.batch ?? 0,
            isLast: false,
          });
          if (broken) void takeOver(run, broken);
        } else if (event.type === 'step') {
          const steps = clock.count(event);
          if (steps) tell(steps);
        } else if (event.type === 'epoch') {
          tell({ type: 'epoch', row: event });
        } else if (event.type === 'alarm') {
          tell({ type: 'note', note: `${capital(event.message)}. ${event.fix}.` });
        } else if (event.type === 'rewind') {
          const { epoch, factor, reason } = event;
          tell({
            type: 'note',
            note: `${reason}. Back at epoch ${epoch}, at ${factor} times the learning rate.`,
          });
        } else if (event.type === 'snapshot') {
          sendWeights(event.weights, { epoch: event.epoch, batch: event.batch, isLast: false });
        } else if (event.type === 'end') {
          sendWeights(event.weights, { epoch: event.epoch, batch: 0, isLast: true });
          const fingerprint = await fingerprintWeights(event.weights);
          await run.flush(); // what is said to be finished is found so, even by a reload in this very moment
          tell({ type: 'end', reason: event.reason, epoch: event.epoch, fingerprint });
        }
        await run.giveWay();
        if (event.type !== 'step') continue;
        if (isStepping) hold();
        isStepping = false;
        if (!gate) continue;
        const before = performance.now();
        await gate.isOpen;
        clock.leaveOut(performance.now() - before);
      }
    } catch (error) {
      // Of files whose sizes only reading tells, it was not known before.
      if (error instanceof LatentkitError && error.code === 'E_LIMIT') {
        tell({ type: 'fits', images: largestBatch(objective, roomOf(config.training)) });
      }
      throw error;
    } finally {
      await accelerator.close();
      await run.close();
    }
  }

  function noteWhole(name: string, checkpoint: Checkpoint): void {
    const { epoch, batch } = checkpoint.progress;
    if (batch > 0 || epoch === 0) return;
    lastEpoch = { name, checkpoint };
    tell({ type: 'whole', epoch });
  }

  /** The run that blew up is in the one that goes on, which is kept from its beginning. */
  async function takeOver(run: KeptRun, { name, checkpoint }: WholeEpoch): Promise<void> {
    await run.save({ type: 'checkpoint', checkpoint });
    try {
      await forgetRun(name);
    } catch (error) {
      // Another tab may hold it: training goes on all the same.
      tell({
        type: 'note',
        note: `${name}, which blew up, stays among the runs: ${faultOf(error).message}.`,
      });
    }
  }

  return {
    take: (more) => void files.push(...more),
    async train(request) {
      await before;
      const { promise, resolve } = Promise.withResolvers<void>();
      before = promise;
      // What was asked before it came (to stop, to hold) is for this run; for the next one nothing was.
      try {
        await trainRun(request);
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        tell({ type: 'stopped' });
      } finally {
        stop = new AbortController();
        release();
        resolve();
      }
    },
    pause: hold,
    resume: release,
    step() {
      isStepping = true;
      release();
    },
    stop() {
      stop.abort();
      release();
    },
    async flush() {
      await kept?.flush();
    },
    async export({ name }) {
      if (kept?.name === name) await kept.flush();
      return exportZip(name);
    },
    ping() {},
  };
}

/** Adds steps up between two times that they are told. */
function createClock() {
  let began = performance.now();
  let told = Number.NEGATIVE_INFINITY;
  let images = 0;
  return {
    count({ type: _, batches: __, epoch, batch, step, learningRate, images: more, ...losses }: StepEvent) {
      images += more;
      const now = performance.now();
      if (now - told < TELL_MS) return undefined;
      told = now;
      const seconds = (now - began) / 1000;
      return {
        type: 'steps',
        ...{ epoch, batch, step, learningRate, images, seconds },
        losses: losses as Record<string, number>,
      } as const;
    },
    leaveOut(milliseconds: number) {
      began += milliseconds;
      told = Number.NEGATIVE_INFINITY;
    },
  };
}

/** What is sent away is gone here, and training needs its own. */
function copyOf(weights: NamedArrays, names: readonly string[]): NamedArrays<Float32Array<ArrayBuffer>> {
  return Object.fromEntries(
    names.map((name) => {
      const { shape, data } = weights[name]!;
      return [name, { shape, data: new Float32Array(data) }];
    }),
  );
}

const capital = (sentence: string) => sentence[0]!.toUpperCase() + sentence.slice(1);
