import { oneOfEachClass, readExamples } from '@latentkit/datasets';
import { reconstructImages } from '@latentkit/experiment';
import { formatCount } from '@latentkit/terminal';
import type { PictureOptions } from '../picture-options.ts';
import { checkIndices, labelsOf, showPicture } from './picture.ts';

export interface ReconstructOptions extends PictureOptions {
  count?: number;
  indices?: number[];
}

const COUNT = 10;

/** Originals over reconstructions. */
export async function reconstruct(
  directory: string,
  { count = COUNT, indices: wanted, ...options }: ReconstructOptions,
): Promise<void> {
  await showPicture('reconstruct', directory, options, async (tools) => {
    const images = await tools.images();
    const { set, labels, title } = images;
    if (wanted) checkIndices('--indices', wanted, images);
    const indices = wanted ?? oneOfEachClass(set, count);
    const label = labelsOf(tools, images, indices);
    const about = `${formatCount(indices.length)} ${title} over what their codes decode to`;
    const { svg, latent, errors } = await reconstructImages(
      tools.run,
      (await readExamples(set, indices)).images,
      {
        ...{ ...tools.look, label, subtitle: about },
      },
    );
    return {
      ...{ svg, latent, about },
      facts: {
        of: title,
        indices,
        ...(labels && { labels: indices.map((i) => labels[i]) }),
        meanSquaredErrors: errors,
      },
    };
  });
}
