import { plotCodebookUse } from '@latentkit/figures';
import { runFigure } from './run-figure.ts';

/** How often each code of the codebook is chosen. */
export const codebookUse = runFigure({
  name: 'codebook-use',
  title: 'Use of the codebook',
  howToRead:
    'The more even the bars, the more a code says; a codebook of which most is hardly used is too large, or has collapsed.',
  needs: ({ codebook }) =>
    codebook ? undefined : 'The codes of this model are numbers, and not vectors of a codebook.',
  draw({ model, codes: { codes }, what }) {
    const { size, vectors } = model.codebook!;
    const counts = new Uint32Array(size);
    for (const code of codes!) counts[code]!++;
    const each = vectors === 1 ? 'one an image' : `${vectors} an image`;
    return {
      caption: `How often each of the ${size} codes is chosen for the ${what} images, ${each}; the most frequent first.`,
      svg: plotCodebookUse({ counts }),
    };
  },
});
