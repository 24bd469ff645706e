import { oneOfEachClass } from '@latentkit/datasets';
import { drawReconstructions } from '@latentkit/figures';
import { imagesAtOnce } from '../data/images-at-once.ts';
import { runFigure } from './run-figure.ts';
import { whyUndrawable } from './why-undrawable.ts';

const SHOWN = 12;

/** Images that the model never learned from, one of each class first, over what it makes of them. */
export const reconstructions = runFigure({
  name: 'reconstructions',
  title: 'Reconstructions',
  howToRead:
    'Each image stands over what the decoder makes of its code: strokes that blur or change are what the code could not hold.',
  needs: ({ spec }) => whyUndrawable(spec),
  async draw(
    { trained, shown, what, codes: { logVar }, dataset: { learnsFromJudges } },
    { count: wanted = SHOWN },
  ) {
    const { images, labels, shape, count } = imagesAtOnce(shown, oneOfEachClass(shown, wanted));
    const codes = logVar ? 'mean codes' : 'codes';
    return {
      caption: `${what === 'test' ? 'Test' : 'Validation'} images, ${learnsFromJudges ? 'which the model learned from, too' : 'which the model never learned from'}, over what their ${codes} decode to.`,
      svg: drawReconstructions({
        originals: images,
        reconstructions: await trained.reconstruct(images, trained.spec.condition && { label: labels }),
        shape,
        count,
      }),
    };
  },
});
