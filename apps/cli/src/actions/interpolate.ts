import { LatentkitError, pixelsToFloats } from '@latentkit/core';
import { oneOfEachClass, readExamples } from '@latentkit/datasets';
import { type InterpolationMethod, interpolateLatent } from '@latentkit/experiment';
import { readCodes } from '@latentkit/experiment/node';
import { codeSizeOf } from '@latentkit/models';
import type { PictureOptions } from '../picture-options.ts';
import { checkIndices, labelsOf, type PictureTools, showPicture } from './picture.ts';

export interface InterpolateOptions extends PictureOptions {
  between?: number[];
  fromFile?: string;
  steps?: number;
  method?: InterpolationMethod;
}

/** Two codes, and what is known of them. */
interface Ends {
  codes: Float32Array;
  label: number | undefined;
  /** What they are, in a line. */
  about: string;
  facts: Readonly<Record<string, unknown>>;
  images?: { ends: Float32Array; endNames: readonly [string, string] };
}

/** The way between two codes. */
export async function interpolate(
  directory: string,
  { between, fromFile, steps, method = 'linear', ...options }: InterpolateOptions,
): Promise<void> {
  await showPicture('interpolate', directory, options, async (tools) => {
    const { run, look } = tools;
    const latentDim = codeSizeOf(run.spec);
    const ends = fromFile === undefined ? await endsOf(tools, between) : await endsOfFile(tools, fromFile);
    const { codes, label, about, facts } = ends;
    const told = label === undefined ? '' : `; decoded as class ${label}`;
    const { svg, latent, at } = await interpolateLatent(
      run,
      codes.subarray(0, latentDim),
      codes.subarray(latentDim),
      {
        ...{ ...look, steps, method, label, ...ends.images },
        subtitle: `${method === 'linear' ? 'Linear' : 'Spherical'}, between ${about}${told}`,
      },
    );
    return {
      ...{ svg, latent, about: `from code to code between ${about}, ${method}${told}` },
      facts: { ...facts, method, at, ...(label !== undefined && { label }) },
    };
  });
}

async function endsOf(tools: PictureTools, between: readonly number[] | undefined): Promise<Ends> {
  const { run, note } = tools;
  const images = await tools.images();
  const { set, title } = images;
  if (between) checkIndices('--between', between, images);
  const indices = between ?? oneOfEachClass(set, 2);
  if (indices.length < 2) {
    throw new LatentkitError('E_RANGE', `interpolate: there is one image only among the ${title}`);
  }
  const labels = labelsOf(tools, images, indices);
  const label = typeof labels === 'object' ? labels[0] : labels;
  if (typeof labels === 'object' && labels[0] !== labels[1]) {
    note(
      `the images are of classes ${labels[0]} and ${labels[1]}; all codes between are decoded as class ${labels[0]}, or what --label says`,
    );
  }
  const { images: two } = await readExamples(set, indices);
  const { mean } = run.encode(two, labels === undefined ? {} : { label: labels });
  return {
    ...{ codes: mean, label },
    about: `images ${indices[0]} and ${indices[1]} of the ${title}`,
    facts: { of: title, between: indices },
    images: { ends: pixelsToFloats(two), endNames: [`image ${indices[0]}`, `image ${indices[1]}`] },
  };
}

async function endsOfFile({ run, label, note }: PictureTools, file: string): Promise<Ends> {
  const latentDim = codeSizeOf(run.spec);
  const codes = await readCodes(file, { latentDim, onNote: note });
  if (codes.length !== 2 * latentDim) {
    throw new LatentkitError('E_SHAPE', `${file}: expected two codes, got ${codes.length / latentDim}`);
  }
  return { codes, label, about: `the codes of ${file}`, facts: { from: file } };
}
