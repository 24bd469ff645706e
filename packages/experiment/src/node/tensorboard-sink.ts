import { appendFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  checkOptions,
  checkValue,
  functionRule,
  needed,
  objectRule,
  pathRule,
} from '@latentkit/core/options';
import { encodePng, tileImages } from '@latentkit/figures';
import { encodeTensorboardEvents, type TensorboardEvent, type TensorboardValue } from '@latentkit/formats';
import { diskError, makeFolders } from '@latentkit/formats/node';
import type { TermInfo } from '@latentkit/objectives';
import { type EpochEvent, rowOf, validationColumn } from '@latentkit/trainers';
import { snakeCase } from '../files/metrics-csv.ts';
import {
  createModelPictures,
  type ModelPicture,
  type ModelPicturesOptions,
  type PicturesAt,
} from '../sinks/model-pictures.ts';
import type { EventSink } from '../sinks/with-sinks.ts';
import type { ExperimentEvent } from './write-run.ts';

export interface TensorboardSinkOptions extends Pick<ModelPicturesOptions, 'config' | 'dataset'> {
  /** Seconds since 1970; now by default. */
  now?: () => number;
}

const PARTS = ['train', 'validation'] as const;
const LOOK = { scale: 2, gap: 2 };
/** What epochs are compared by where weights change: a column of the validation alone. */
const TARGET = 'target';

/**
 * A sink that writes event files for TensorBoard, `train/` and `validation/` in a folder: the loss and its terms under the same
 * names in both, the learning rate, weights that change and seconds, an epoch a step; pictures every few epochs and at the end.
 *
 * In a folder that has events already, those of the steps that this run makes anew are void, so that a resumed run goes on in
 * its curves.
 *
 * @throws `E_IO` when the folders cannot be made; the sink itself when it cannot write.
 * @example
 * const sink = await createTensorboardSink('logs', { config, dataset });
 * for await (const event of withSinks(runExperiment({ config, dataset, out }), [sink])) ...
 * // tensorboard --logdir logs
 */
export async function createTensorboardSink(
  folder: string,
  options: TensorboardSinkOptions,
): Promise<EventSink<ExperimentEvent>> {
  checkValue('createTensorboardSink', 'folder', folder, pathRule);
  checkOptions('createTensorboardSink', options, {
    ...{ config: needed(objectRule), dataset: needed(objectRule), now: functionRule },
  });
  const { config, dataset, now = () => Date.now() / 1000 } = options;
  const name = `events.out.tfevents.${Math.floor(now())}.${hostname()}.${process.pid}.latentkit`;
  for (const part of PARTS) await inWords(join(folder, part), (path) => makeFolders(path));
  let terms: readonly TermInfo[] = [];
  let isBegun = false;

  const write = (part: (typeof PARTS)[number], events: readonly TensorboardEvent[]) =>
    inWords(join(folder, part, name), (path) => appendFile(path, encodeTensorboardEvents(events)));
  const show = async (pictures: readonly ModelPicture[], { epoch: step }: PicturesAt) => {
    const values = pictures.map((picture) => ({ tag: picture.name, png: pngOf(picture) }));
    await write('validation', [{ wallTime: now(), step, values }]);
  };
  const look = createModelPictures({ config, dataset, show });

  return async (event) => {
    if (event.type === 'start') terms = event.terms;
    if (event.type === 'epoch') {
      const at = { wallTime: now(), step: event.epoch };
      for (const part of PARTS) {
        const opening = [
          { wallTime: at.wallTime, mark: 'version' as const },
          { ...at, mark: 'start' as const },
        ];
        const values = scalarsOf(event, terms)[part];
        await write(part, [...(isBegun ? [] : opening), { ...at, values }]);
      }
      isBegun = true;
    }
    if (event.type !== 'written' && event.type !== 'discarded') await look(event);
  };
}

function scalarsOf(event: EpochEvent, terms: readonly TermInfo[]) {
  const row = rowOf(event);
  const names = Object.keys(row);
  const twins = new Set([...names, TARGET].map(validationColumn));
  const pick = (name: string, column: string): TensorboardValue[] => {
    const scalar = row[column];
    if (scalar === undefined) return [];
    const term = terms.find((one) => one.name === name);
    const description = term && `${term.title}: ${term.unit}`;
    return [{ tag: snakeCase(name), scalar, ...(description !== undefined && { description }) }];
  };
  const own = names.filter((name) => name !== 'epoch' && !twins.has(name));
  return {
    train: own.flatMap((name) => pick(name, name)),
    validation: [...own, TARGET].flatMap((name) => pick(name, validationColumn(name))),
  };
}

function pngOf({ images, shape, columns }: ModelPicture): Uint8Array {
  return encodePng(tileImages(images, { shape, columns, ...LOOK }));
}

async function inWords<Result>(path: string, work: (path: string) => Promise<Result>): Promise<Result> {
  try {
    return await work(path);
  } catch (cause) {
    throw diskError(path, cause);
  }
}
