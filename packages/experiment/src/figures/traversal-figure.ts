import { rankLatentAxes } from '@latentkit/models';
import { codesToWalk, originOf } from '../pictures/codes-to-walk.ts';
import { drawTraversal, MOST_ROWS, planTraversal } from '../pictures/traversal.ts';
import { runFigure } from './run-figure.ts';
import { whyUndrawable } from './why-undrawable.ts';

/** What single dimensions of the code do. */
export const traversal = runFigure({
  name: 'traversal',
  title: 'Traversal by dimension',
  howToRead:
    'Along a row one number of the code changes: where codes come apart, one thing about the image changes with it, and the others stay.',
  needs: ({ spec, codebook }) =>
    codebook ? 'Between the vectors of a codebook there are no codes to walk through.' : whyUndrawable(spec),
  async draw({ model, trained, codes: given, dataset: { classNames } }, { steps }) {
    const { spec, latentDim } = model;
    const codes = codesToWalk(spec, given);
    const ranked = rankLatentAxes(codes, latentDim).slice(0, MOST_ROWS);
    const rows = planTraversal(ranked, originOf(latentDim, codes), { ...(steps && { steps }) });
    const images = await trained.decode(rows.latent, spec.condition && { label: 0 });
    const measure = codes.logVar ? 'KL' : 'variance';
    const others = codes.logVar ? '0' : 'their mean';
    const which = ranked.length < latentDim ? `, the ${ranked.length} that carry most` : '';
    return {
      caption:
        `A row a dimension${which}, by ${measure}; the others at ${others}.` +
        (spec.condition ? ` All of class ${classNames?.[0] ?? 0}.` : ''),
      svg: drawTraversal(
        rows,
        { images, shape: spec.image, measure },
        { title: 'Traversal by dimension', width: 640 },
      ),
    };
  },
});
