import { absoluteError } from './absolute-error.ts';
import { bernoulli } from './bernoulli.ts';
import { columns } from './columns.ts';
import { gaussian } from './gaussian.ts';
import { squaredError } from './squared-error.ts';

/** Every likelihood: adding one is a file and a line. */
export const LIKELIHOODS = [bernoulli, squaredError, gaussian, absoluteError, columns] as const;
