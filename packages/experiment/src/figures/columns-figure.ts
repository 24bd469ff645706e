import { plotColumns } from '@latentkit/figures';
import { imagesAtOnce } from '../data/images-at-once.ts';
import { tableColumnsOf } from '../model-spec-of.ts';
import { scoreColumns } from '../table/score-columns.ts';
import { runFigure } from './run-figure.ts';

const MOST = 200; // columns in a picture

/** Of a table: how well each column is given back. */
export const columns = runFigure({
  name: 'columns',
  title: 'Columns given back',
  howToRead:
    'A long bar is a column that the code holds; one no longer than its mark is a column that the decoder guesses.',
  needs: ({ spec }) =>
    tableColumnsOf(spec) ? undefined : 'The model is one of images, which have no columns.',
  async draw({ trained, encoded, what, dataset: { learnsFromJudges } }) {
    const { images, labels } = imagesAtOnce(encoded);
    const table = tableColumnsOf(trained.spec)!;
    const means = await trained.reconstruct(images, trained.spec.condition && { label: labels });
    const scores = scoreColumns(table, images, means);
    const more = scores.length > MOST ? ` The first ${MOST} of ${scores.length} columns.` : '';
    return {
      caption: `Rows of the ${what} part, ${learnsFromJudges ? 'which the model learned from, too' : 'which the model never learned from'}, through the code and back.${more}`,
      svg: plotColumns(scores.slice(0, MOST)),
    };
  },
});
