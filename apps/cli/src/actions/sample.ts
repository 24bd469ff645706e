import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { readExamples } from '@latentkit/datasets';
import { decodeLatent, sampleModel } from '@latentkit/experiment';
import { RUN_FILES, readCodes } from '@latentkit/experiment/node';
import { codeSizeOf, hasStandardPrior } from '@latentkit/models';
import { formatCount } from '@latentkit/terminal';
import { fitSampler } from '../fit-sampler.ts';
import { imagesOf } from '../image-options.ts';
import type { SampleOptions } from '../sample-options.ts';
import { checkIndices, labelsOf, type MadePicture, type PictureTools, showPicture } from './picture.ts';
import { sampleTable } from './sample-table.ts';

/** Images of codes: drawn, or given. */
export async function sample(directory: string, options: SampleOptions): Promise<void> {
  if (options.spread !== undefined && options.around === undefined) {
    throw new LatentkitError('E_USAGE', 'sample: --spread goes with --around INDEX');
  }
  if (await isOfTable(directory)) return sampleTable(directory, options);
  if (options.delimiter !== undefined) {
    throw new LatentkitError(
      'E_USAGE',
      'sample: --delimiter is for rows of a table, and the model is of images',
    );
  }
  await showPicture('sample', directory, options, (tools) =>
    options.fromFile === undefined
      ? drawn(tools, options)
      : decoded(tools, { ...options, file: options.fromFile }),
  );
}

/** Whether a run's model is one of a table; what is wrong with its files is for others to say. */
async function isOfTable(directory: string): Promise<boolean> {
  const text = await readFile(join(directory, RUN_FILES.model), 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text).spec?.likelihood?.type === 'columns';
  } catch {
    return false;
  }
}

async function drawn(tools: PictureTools, options: SampleOptions): Promise<MadePicture> {
  const { run, look, directory, note, signal } = tools;
  const { count, grid, seed, around, spread } = options;
  const near = around === undefined ? undefined : await imageAt(tools, around);
  const label = near?.label ?? tools.label;
  const { columns } = grid ?? {};
  const size = { ...((count ?? grid) && { count: count ?? grid!.rows * grid!.columns }), columns };
  const fitted = await fitSampler(run, directory, options, { ...imagesOf(options), onNote: note, signal });
  const prior = hasStandardPrior(run.spec) ? 'the standard normal prior' : 'the prior';
  const where = near
    ? `around ${near.name}, which stands first, spread ${spread ?? 1}`
    : `drawn from ${fitted?.name ?? prior}`;
  const { svg, latent, labels } = await sampleModel(run, {
    ...{ ...look, ...size, seed, spread, label, around: near?.image, from: fitted?.sampler },
    title: near ? 'Samples around an image' : undefined,
    subtitle: `Codes ${where}; seed ${seed}${label === undefined ? '' : `; of class ${label}`}`,
  });
  const ofClass = label !== undefined ? `; of class ${label}` : labels ? '; a row a class' : '';
  return {
    ...{ svg, latent },
    about: `${counted(latent.length / codeSizeOf(run.spec), 'image')} of codes ${where}${fitted ? `, ${fitted.to}` : ''}${ofClass}`,
    facts: {
      seed,
      ...(fitted && { from: options.from }),
      ...(near && { around, spread: spread ?? 1, of: near.of }),
      ...(labels && { labels }),
    },
  };
}

async function imageAt(tools: PictureTools, index: number) {
  const images = await tools.images();
  checkIndices('--around', [index], images);
  const label = labelsOf(tools, images, [index]);
  return {
    image: (await readExamples(images.set, [index])).images,
    name: `image ${index} of the ${images.title}`,
    of: images.title,
    label: typeof label === 'object' ? label[0] : label,
  };
}

async function decoded(
  { run, look, note, ...tools }: PictureTools,
  { file, grid }: SampleOptions & { file: string },
): Promise<MadePicture> {
  const label = run.spec.condition ? (tools.label ?? 0) : tools.label;
  const codes = await readCodes(file, { latentDim: codeSizeOf(run.spec), onNote: note });
  const as = label === undefined ? '' : ` as class ${label}`;
  const about = `${counted(codes.length / codeSizeOf(run.spec), 'code')} of ${file}, decoded${as}`;
  const { svg, latent } = await decodeLatent(run, codes, {
    ...{ ...look, label, columns: grid?.columns, subtitle: about },
  });
  return { svg, latent, about, facts: { from: file, ...(label !== undefined && { label }) } };
}

const counted = (count: number, what: string) => `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
