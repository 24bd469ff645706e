import type { Place } from '../state/url.ts';

/** What places are called. */
export const PLACE_NAMES: Readonly<Record<Place, string>> = {
  train: 'Train',
  map: 'Map',
  evaluate: 'Evaluate',
  compare: 'Compare',
  runs: 'Runs',
};

/** Images to learn from, as a person chooses them. */
export const DATA_CHOICES = [
  { name: 'digits', words: 'Drawn digits', about: 'Drawn by code in a second; nothing to download.' },
  {
    name: 'mnist',
    words: 'MNIST',
    about: '70,000 handwritten digits; 12 MB, downloaded once when you train.',
  },
  {
    name: 'fashion-mnist',
    words: 'Fashion-MNIST',
    about: '70,000 pictures of clothes; 31 MB, downloaded once when you train.',
  },
  {
    name: 'kmnist',
    words: 'KMNIST',
    about: '70,000 cursive characters. No server lets pages fetch them: drop their four files here.',
  },
  {
    name: 'arrays',
    words: 'My own files',
    about:
      'A folder of pictures, a .zip, .npy, .npz, IDX, or a table as .csv or .parquet: choose it here, or drop it anywhere. Nothing leaves this computer.',
  },
] as const;

/** Of the recipes, those that a newcomer chooses among. */
export const SIZES = [
  { recipe: 'digits-tour', words: 'Small', about: 'Two numbers an image: all of the code is on the map.' },
  { recipe: 'digits-dense', words: 'Medium', about: 'Five numbers an image: sharper samples.' },
  { recipe: 'keras-conv', words: 'Convolutional', about: 'Two numbers; slow, and the best map.' },
] as const;
