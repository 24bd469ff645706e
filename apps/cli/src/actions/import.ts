import { didYouMean, LatentkitError, shorten } from '@latentkit/core';
import { DATASETS } from '@latentkit/datasets';
import { type ExperimentConfig, findRecipe, modelSpecOf } from '@latentkit/experiment/config';
import { checkRunDirectory, writeImportedRun } from '@latentkit/experiment/node';
import { importedConfig } from '@latentkit/experiment/store';
import { fingerprintWeights } from '@latentkit/formats';
import { importModel } from '@latentkit/interop';
import { createModel, type ModelSpec, summarizeModel } from '@latentkit/models';
import { formatCount, paint, printable, quoteArgument, runCommand, talk } from '@latentkit/terminal';
import { inFolder, makeDatedFolder, makeOutFolder } from '../out-folder.ts';
import { isRunFolder, readModelFiles } from '../read-model-files.ts';

export interface ImportOptions {
  recipe?: string;
  dataset?: string;
  dataDir?: string;
  out?: string;
  json?: boolean;
}

/** A model of another program as a run's folder. */
export async function importModelFiles(paths: readonly string[], options: ImportOptions): Promise<void> {
  const { out: chosen, json = false } = options;
  if (chosen !== undefined) await checkRunDirectory(chosen, { fix: 'Choose another folder with --out' });
  for (const path of paths) {
    if (!(await isRunFolder(path))) continue;
    throw new LatentkitError('E_USAGE', `import: ${path} is a run already`, {
      fix: `Look at it as it is (evaluate, sample, ui), or train it further: train --from ${quoteArgument(path)}`,
    });
  }
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, async ({ signal, note }) => {
    const model = await importModel(await readModelFiles(paths), specOf(options));
    const config = await importedConfig(model, { from: paths.join(', '), ...datasetOf(options) });
    signal.throwIfAborted();
    const making = chosen === undefined ? makeDatedFolder(config.recipe) : makeOutFolder(chosen);
    await inFolder(making, async (out) => {
      await writeImportedRun(out, model, { config });
      const { totalParameters } = summarizeModel(createModel(model.spec));
      const { image, latentDim } = model.spec;
      const size = `${image.height} x ${image.width} x ${image.channels}`;
      const fingerprint = await fingerprintWeights(model.weights);
      for (const text of model.notes) note(text);
      if (options.dataset === undefined)
        note(`it is looked at with ${config.dataset.name}: say another with --dataset`);
      if (json) {
        const { format, spec, notes, epoch } = model;
        process.stdout.write(`${JSON.stringify({ run: out, format, epoch, spec, notes, fingerprint })}\n`);
      } else if (!process.stdout.isTTY) process.stdout.write(`${out}\n`);
      talk(
        `${paint('green', 'Imported')} ${printable(paths.join(', '))}: images of ${size}, latent ${latentDim}, ${formatCount(totalParameters)} parameters. Wrote ${paint('bold', printable(out))}`,
      );
    });
  });
}

/** What `--recipe` says of the model, for the images that `--dataset` has. */
function specOf({ recipe, dataset }: ImportOptions): { spec?: ModelSpec } {
  if (recipe === undefined) return {};
  const kind = dataset === undefined ? DATASETS[0]! : kindOf(dataset);
  return { spec: modelSpecOf(findRecipe(recipe), kind.shape) };
}

function datasetOf({ dataset, dataDir }: ImportOptions): { dataset?: ExperimentConfig['dataset'] } {
  if (dataset === undefined && dataDir !== undefined) {
    throw new LatentkitError('E_USAGE', 'import: --data-dir goes with --dataset', {
      fix: 'Name the dataset whose files they are',
    });
  }
  if (dataset === undefined) return {};
  return {
    dataset: {
      name: kindOf(dataset).name,
      ...(dataDir !== undefined && { dataDir }),
    } as ExperimentConfig['dataset'],
  };
}

function kindOf(name: string) {
  const kind = DATASETS.find((one) => one.name === name);
  if (kind) return kind;
  throw new LatentkitError('E_UNKNOWN_NAME', `--dataset: there is no dataset '${shorten(name)}'`, {
    fix: didYouMean(
      name,
      DATASETS.map((one) => one.name),
    ),
  });
}
