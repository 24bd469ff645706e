import type { Quality } from '@latentkit/projections';

/** A number of a method that a person may play with. */
export interface MethodNumber {
  readonly name: string;
  readonly label: string;
  readonly about: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly value: number;
}

/** A way to put many numbers on a plane. */
export interface MethodWords {
  readonly name: 'pca' | 'tsne' | 'umap';
  readonly title: string;
  /** What its maps say, and what not. */
  readonly about: string;
  readonly numbers: readonly MethodNumber[];
}

export const METHODS: readonly MethodWords[] = [
  {
    name: 'pca',
    title: 'PCA',
    about: 'A straight shadow: distances are true where they are large, and much lies on top of itself.',
    numbers: [],
  },
  {
    name: 'tsne',
    title: 't-SNE',
    about: 'Islands are neighbours that keep together. How large they are, and how far apart, says nothing.',
    numbers: [
      {
        ...{ name: 'perplexity', label: 'Perplexity', least: 2, most: 200, step: 1, value: 30 },
        about: 'How many neighbours a point has in effect.',
      },
    ],
  },
  {
    name: 'umap',
    title: 'UMAP',
    about: 'Islands as in t-SNE, drawn tighter. Distances between them say a little, and not much.',
    numbers: [
      {
        ...{ name: 'neighbors', label: 'Neighbours', least: 2, most: 200, step: 1, value: 15 },
        about: 'Few show the small, many the large.',
      },
      {
        ...{ name: 'minDist', label: 'Least distance', least: 0, most: 1, step: 0.05, value: 0.1 },
        about: 'How near dots may come.',
      },
    ],
  },
];

type Measure = Exclude<keyof Quality, 'k' | 'count' | 'total'>;

/** What each number of a map's quality asks; 1 is best. */
export const MEASURES: readonly { readonly name: Measure; readonly title: string; readonly about: string }[] =
  [
    {
      name: 'trustworthiness',
      title: 'Trustworthiness',
      about: 'Are neighbours on the map neighbours in the data?',
    },
    { name: 'continuity', title: 'Continuity', about: 'Are neighbours in the data neighbours on the map?' },
    {
      name: 'neighborRecall',
      title: 'Neighbours kept',
      about: 'How many of the nearest neighbours are still the nearest?',
    },
    {
      name: 'labelAccuracy',
      title: 'Classes',
      about: 'How many points have the class of most of their neighbours on the map?',
    },
    {
      name: 'tripletAccuracy',
      title: 'Triplets',
      about: 'Does the nearer of two points stay the nearer one?',
    },
    { name: 'distanceCorrelation', title: 'Distances', about: 'Do far pairs stay far, and near ones near?' },
  ];

/** Shares of neighbours that a point keeps, as the tint shows them. */
export const TRUST_NAMES = ['below 20%', '20 to 40%', '40 to 60%', '60 to 80%', '80% and more'] as const;

/** What can be laid out. */
export const SOURCE_WORDS = {
  codes: 'Codes of the run',
  pixels: 'What it learned from: pixels, cells',
  file: 'A table or an array',
} as const;
