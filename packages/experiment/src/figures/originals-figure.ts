import { permutation, Stream } from '@latentkit/core';
import { drawSamples } from '@latentkit/figures';
import { imagesAtOnce } from '../data/images-at-once.ts';
import { runFigure } from './run-figure.ts';
import { whyUndrawable } from './why-undrawable.ts';

const SHOWN = 64;

/** Images of the dataset at random. */
export const originals = runFigure({
  name: 'originals',
  title: 'Images at random',
  howToRead: 'Samples are to be held against these: as sharp, as varied, and as many of each kind.',
  needs: ({ spec }) => whyUndrawable(spec),
  draw({ shown, what, seed }, { count = SHOWN, columns }) {
    const chosen = permutation(shown.count, { seed, stream: Stream.figure, step: 0 }).subarray(0, count);
    const { images, shape } = imagesAtOnce(shown, chosen);
    return {
      caption: `${what === 'test' ? 'Test' : 'Validation'} images drawn at random.`,
      svg: drawSamples({ images, shape, ...(columns && { columns }) }, { title: 'Images at random' }),
    };
  },
});
