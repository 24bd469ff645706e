import { idxDatasetKind } from './dataset-kind.ts';
import { KMNIST } from './kmnist-spec.ts';

/**
 * Kuzushiji-MNIST by its name.
 *
 * @see Clanuwat, Bober-Irizar, Kitamoto, Lamb, Yamamoto, Ha: "Deep Learning for Classical Japanese Literature" (2018),
 * arXiv:1812.01718
 */
export const kmnist = idxDatasetKind(KMNIST, {
  title: 'cursive Japanese characters in ten classes; Clanuwat et al. 2018',
  downloadMegabytes: 21,
  licence: 'CC BY-SA 4.0',
});
