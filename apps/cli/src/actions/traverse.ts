import { LatentkitError } from '@latentkit/core';
import { limitImages, readExamples } from '@latentkit/datasets';
import { traverseLatent, walkLatentPlane } from '@latentkit/experiment';
import { hasStandardPrior } from '@latentkit/models';
import type { PictureOptions } from '../picture-options.ts';
import { checkIndices, labelsOf, type PictureTools, showPicture } from './picture.ts';

export interface TraverseOptions extends PictureOptions {
  grid?: boolean;
  quantiles?: boolean;
  steps?: number;
  dimensions?: number[];
  range?: number[];
  from?: number;
}

const ENCODED = 2000; // images by whose codes dimensions are compared

/** Rows by dimension, or a grid over a plane. */
export async function traverse(
  directory: string,
  { grid = false, quantiles = false, steps, dimensions, range, from, ...options }: TraverseOptions,
): Promise<void> {
  if (quantiles && !grid) throw new LatentkitError('E_USAGE', 'traverse: --quantiles goes with --grid');
  await showPicture('traverse', directory, options, async (tools) => {
    const { run, look } = tools;
    checkDimensions(dimensions, run.spec.latentDim, grid);
    const start = from === undefined ? undefined : await codeOf(tools, from);
    const label = start?.label ?? (run.spec.condition ? (tools.label ?? 0) : tools.label);
    const codes = await codesOf(tools);
    const of = (await tools.images()).title;
    const hasOthers = run.spec.latentDim > (grid ? 2 : 1);
    const isByKl = codes.logVar !== undefined && hasStandardPrior(run.spec);
    const where = start ? `as in image ${from} of the ${of}` : isByKl ? 'at 0' : 'at the mean code';
    const told = label === undefined ? '' : `; all of class ${label}`;
    const made = {
      ...look,
      ...{ steps, label, from: start?.code },
      ...(dimensions && { dimensions: dimensions.map((dimension) => dimension - 1) }),
      ...(range && { range: [range[0]!, range[1]!] as const }),
    };
    const facts = { of, ...(start && { from }), ...(label !== undefined && { label }) };
    if (grid) {
      const about = `a grid over the latent plane${hasOthers ? `, the other dimensions ${where}` : ''}${told}`;
      const subtitle = hasOthers ? `The other dimensions ${where}${told}` : told.slice(2);
      const {
        svg,
        latent,
        axes,
        grid: size,
      } = await walkLatentPlane(run, codes, { ...made, quantiles, subtitle });
      return { svg, latent, about, facts: { ...facts, axes, quantiles, grid: size } };
    }
    const measure = isByKl ? 'KL' : 'variance';
    const others = hasOthers ? `; the others ${where}` : '';
    const about = `one dimension at a time, by ${measure}${others}${told}`;
    const subtitle = `One dimension a row, by ${measure}${others}${told}`;
    const { svg, latent, axes } = await traverseLatent(run, codes, { ...made, subtitle });
    return { svg, latent, about, facts: { ...facts, axes } };
  });
}

function checkDimensions(dimensions: readonly number[] | undefined, latentDim: number, grid: boolean): void {
  if (dimensions === undefined) return;
  const [most, wrong] = [grid ? 2 : latentDim, dimensions.find((dimension) => dimension > latentDim)];
  if (wrong === undefined && dimensions.length <= most && new Set(dimensions).size === dimensions.length)
    return;
  throw new LatentkitError(
    'E_RANGE',
    `--dimensions: expected ${grid ? 'two' : 'some'} of 1 to ${latentDim}, each once, got ${dimensions.join(',')}`,
  );
}

/** The code of an image, and its class where the model wants one. */
async function codeOf(tools: PictureTools, index: number) {
  const images = await tools.images();
  checkIndices('--from', [index], images);
  const label = labelsOf(tools, images, [index]);
  const { mean } = tools.run.encode(
    (await readExamples(images.set, [index])).images,
    label === undefined ? {} : { label },
  );
  return { code: mean, label: typeof label === 'object' ? label[0] : label };
}

/** The codes of the first images, by which dimensions are compared. */
async function codesOf(tools: PictureTools) {
  const images = await tools.images();
  const { images: pixels, count } = await readExamples(limitImages(images.set, ENCODED));
  const label = labelsOf(
    tools,
    images,
    Array.from({ length: count }, (_, i) => i),
  );
  return tools.run.encode(pixels, label === undefined ? {} : { label });
}
