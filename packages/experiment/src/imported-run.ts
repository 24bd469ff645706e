import { LatentkitError, type NamedArrays } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  having,
  needed,
  type OptionRules,
  objectRule,
  textRule,
} from '@latentkit/core/options';
import { DATASETS } from '@latentkit/datasets';
import { fingerprintWeights } from '@latentkit/formats';
import type { ModelSpec } from '@latentkit/models';
import type { ExperimentConfig } from './config-schema.ts';
import type { RunEnd } from './files/run-end.ts';
import { parseConfig } from './parse-config.ts';
import { recipes } from './recipes/find-recipe.ts';
import { isSameSetting } from './settings-of.ts';
import { createMemoryRunStore } from './store/memory-run-store.ts';
import { exportRun, type NamedBytes } from './store/move-run.ts';
import { createRunFileWriter } from './store/run-file-writer.ts';

/** A model that came from elsewhere, as `importModel` of `@latentkit/interop` gives it. */
export interface ModelFromElsewhere {
  readonly spec: ModelSpec;
  readonly weights: NamedArrays;
  readonly epoch: number;
  /** What was taken for granted. */
  readonly notes: readonly string[];
}

export interface ImportedConfigOptions {
  /** The file that it came from, by its name. */
  from: string;
  /** The dataset that it is looked at with; the first of its images' shape by default, and else images of one's own. */
  dataset?: ExperimentConfig['dataset'];
}

const RULES: OptionRules<ImportedConfigOptions> = { from: needed(textRule), dataset: objectRule };
const modelRule = having(
  'a model',
  { spec: 'object', weights: 'object', notes: 'object' },
  'importModel gives one',
);
/** What a run is called whose model is no recipe's. */
const NAME = 'imported';

/**
 * The config of a run that is a model from elsewhere: it has not been trained here, and could be. It is called by the recipe whose
 * model it has, and its training is that recipe's, or the first one's.
 *
 * @throws `E_CONFIG` for a dataset that cannot be; `E_SHAPE` for one of other images than the model's.
 * @example
 * const config = await importedConfig(await importModel(files), { from: 'vae.weights.h5' });
 */
export async function importedConfig(
  model: ModelFromElsewhere,
  options: ImportedConfigOptions,
): Promise<ExperimentConfig> {
  checkValue('importedConfig', 'model', model, modelRule);
  checkOptions('importedConfig', options, RULES);
  const { image, ...own } = model.spec;
  const recipe = recipes.find((one) => isSameSetting(one.model, own));
  const { beta, ...training } = (recipe ?? recipes[0]!).training;
  const shaped = DATASETS.find(({ shape }) => isSameSetting(shape, image));
  const dataset = options.dataset ?? { name: shaped?.name ?? 'arrays' };
  const known = DATASETS.find(({ name }) => name === dataset.name);
  if (known && !isSameSetting(known.shape, image)) {
    const words = [known.shape, image].map(
      ({ height, width, channels }) => `${height} x ${width} x ${channels}`,
    );
    throw new LatentkitError(
      'E_SHAPE',
      `importedConfig: the images of ${known.name} are ${words[0]}, and those of the model ${words[1]}`,
      { fix: 'Choose another dataset, or images of your own' },
    );
  }
  return parseConfig({
    ...{ recipe: recipe?.name ?? NAME, dataset, model: own },
    start: {
      ...{ from: options.from, weights: await fingerprintWeights(model.weights) },
      ...(model.notes.length > 0 && { notes: model.notes }),
    },
    training: { ...training, epochs: 0, ...(own.kind === 'vae' && beta !== undefined && { beta }) },
  });
}

export interface ImportedRunOptions {
  /** Of {@link importedConfig}. */
  config: ExperimentConfig;
  /** When it was imported, and on what. */
  end: Omit<RunEnd, 'epochs'>;
}

const RUN_RULES: OptionRules<ImportedRunOptions> = { config: needed(objectRule), end: needed(objectRule) };

/**
 * The files of a run that is a model from elsewhere, the config last: in a folder, or in a {@link RunStore}, it is a run like others, of
 * which everything but its training is there.
 *
 * @throws `E_CONFIG`, `E_SHAPE`, `E_NOT_FINITE` where weights and config are not of one model.
 */
export async function importedRunFiles(
  model: ModelFromElsewhere,
  options: ImportedRunOptions,
): Promise<NamedBytes[]> {
  checkValue('importedRunFiles', 'model', model, modelRule);
  checkOptions('importedRunFiles', options, RUN_RULES);
  const { config, end } = options;
  const store = createMemoryRunStore();
  const files = await store.open(NAME);
  const writer = createRunFileWriter(files);
  await writer.writeMetrics([]);
  await writer.writeModel({ ...model, ...(config.objective && { objective: config.objective }) });
  await writer.writeEnd({ ...end, epochs: 0 });
  await writer.writeConfig(config);
  await files.close();
  return exportRun(store, NAME);
}
