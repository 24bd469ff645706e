import { digits } from './digits.ts';
import { fashionMnist } from './fashion-mnist.ts';
import { kmnist } from './kmnist.ts';
import { mnist } from './mnist.ts';
import { shapes } from './shapes.ts';

/** Every dataset that a name is enough for, the default first: adding one is a file and a line. */
export const DATASETS = [digits, mnist, fashionMnist, kmnist, shapes] as const;

/** A name of {@link DATASETS}. */
export type DatasetName = (typeof DATASETS)[number]['name'];
