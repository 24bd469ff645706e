import { stat } from 'node:fs/promises';
import { type Dataset, type Examples, LatentkitError, type NamedArrays } from '@latentkit/core';
import {
  type ExperimentConfig,
  isSameSetting,
  modelSpecOf,
  type PartialConfig,
  recipes,
  tableColumnsOf,
} from '@latentkit/experiment/config';
import { loadRun, missingPath } from '@latentkit/experiment/node';
import { importedConfig } from '@latentkit/experiment/store';
import { fingerprintWeights } from '@latentkit/formats';
import { importModel } from '@latentkit/interop';
import type { ModelSpec } from '@latentkit/models';
import type { RunOptions } from './options.ts';
import { isRunFolder, readModelFiles } from './read-model-files.ts';
import { resolveConfig } from './resolve-config.ts';

/** What a training goes on from: a run, or a model of another program. */
export interface TrainSource {
  readonly config: ExperimentConfig;
  readonly spec: ModelSpec;
  readonly weights: NamedArrays;
  readonly epoch: number;
  readonly start: NonNullable<ExperimentConfig['start']>;
}

/**
 * The run of a folder, or the model of a file, or of a folder of exported files.
 *
 * @throws as `loadRun` and `importModel`; `E_NOT_FOUND` where there is nothing of that name.
 */
export async function readTrainSource(path: string): Promise<TrainSource> {
  if (!(await stat(path).catch(() => undefined))) throw await missingPath(path, { files: true });
  if (await isRunFolder(path)) {
    const { config, spec, weights, epoch, dispose } = await loadRun(path);
    dispose();
    return {
      config,
      spec,
      weights,
      epoch,
      start: { from: path, weights: await fingerprintWeights(weights) },
    };
  }
  const model = await importModel(await readModelFiles([path]));
  const config = await importedConfig(model, { from: path });
  return { ...model, config, start: config.start! };
}

/**
 * The config of a training that goes on from a source: its model, its training unless a recipe is named, its dataset unless one is.
 *
 * @throws as `resolveConfig`; `E_USAGE` for flags that make another model, and a config whose run began with other weights.
 */
export async function resolveConfigFrom(source: TrainSource, options: RunOptions): Promise<ExperimentConfig> {
  const { recipe, dataset, model, objective, training } = source.config;
  const { epochs, ...rest } = training;
  const base = {
    ...(recipes.some(({ name }) => name === recipe) && { recipe }),
    ...(options.recipe === undefined && {
      training: { ...rest, ...(epochs > 0 && { epochs }) },
      ...(objective && { objective }),
    }),
    model: tableColumnsOf(source.spec) ? { ...model, likelihood: source.spec.likelihood } : model,
    dataset: dataset.name === 'arrays' ? {} : dataset,
  } as PartialConfig;
  if (
    dataset.name === 'arrays' &&
    options.data === undefined &&
    options.dataset === undefined &&
    options.config === undefined
  ) {
    throw new LatentkitError(
      'E_USAGE',
      `--from ${source.start.from}: its ${tableColumnsOf(source.spec) ? 'table was' : 'images were'} your own, and nobody says which`,
      {
        fix: tableColumnsOf(source.spec)
          ? 'Name it with --data'
          : 'Name images with --data, or a dataset with --dataset',
      },
    );
  }
  const resolved = await resolveConfig(options, base);
  const other = resolved.start;
  if (other && other.weights !== source.start.weights) {
    throw new LatentkitError(
      'E_USAGE',
      `the config began with the weights of ${other.from}, ${other.weights}, and --from ${source.start.from} has others, ${source.start.weights}`,
      { fix: 'Leave --config out, or name the run that it began with' },
    );
  }
  const config = { ...resolved, ...(options.recipe === undefined && { recipe }), start: source.start };
  checkModel(config, source);
  return config;
}

/** Weights are of one model: nothing that a flag says may make it another. */
function checkModel({ model }: ExperimentConfig, { spec, start }: TrainSource): void {
  const wanted = modelSpecOf({ model }, spec.image);
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(spec)])] as (keyof ModelSpec)[];
  const name = names.find((one) => !isSameSetting(wanted[one], spec[one]));
  if (name === undefined) return;
  const [here, there] = [wanted[name], spec[name]].map((value) => JSON.stringify(value) ?? 'nothing');
  throw new LatentkitError(
    'E_USAGE',
    `--from ${start.from}: its model's ${name} is ${there}, and ${here} is asked for`,
    {
      fix: 'Leave that out: weights fit the model that they were trained in',
    },
  );
}

/** Images are of the size that the model was made for. */
export function checkImages(
  { spec, start }: Pick<TrainSource, 'spec' | 'start'>,
  dataset: Dataset<Examples>,
): void {
  const [there, here] = [spec.image, dataset.train.shape];
  const isOfTable = tableColumnsOf(spec) !== undefined;
  if (isOfTable !== (dataset.columns !== undefined)) {
    const [its, given] = isOfTable ? ['of a table', 'images'] : ['of images', 'a table'];
    throw new LatentkitError(
      'E_SHAPE',
      `--from ${start.from}: its model is ${its}, and the data are ${given}`,
      {
        fix: `Leave --from out, or give ${isOfTable ? 'a table of the same columns' : 'images'}`,
      },
    );
  }
  if (isSameSetting(there, here)) return;
  const words = [here, there].map(({ height, width, channels }) => `${height} x ${width} x ${channels}`);
  const side = there.height === there.width ? `${there.height}` : `${there.width}x${there.height}`;
  throw new LatentkitError(
    'E_SHAPE',
    `--from ${start.from}: the images are ${words[0]}, and those of its model ${words[1]}`,
    {
      fix:
        'images' in dataset.train
          ? `Bring them to its size: --size ${side} --channels ${there.channels}`
          : `They are packed so: pack them anew, pack IMAGES --size ${side} --channels ${there.channels} --out FOLDER`,
    },
  );
}
