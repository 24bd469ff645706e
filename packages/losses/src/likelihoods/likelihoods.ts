import { absoluteError } from './absolute-error.ts';
import { bernoulli } from './bernoulli.ts';
import { betaBinomial } from './beta-binomial.ts';
import { categorical } from './categorical.ts';
import { columns } from './columns.ts';
import { continuousBernoulli } from './continuous-bernoulli.ts';
import { discretisedLogistic } from './discretised-logistic.ts';
import { gaussian } from './gaussian.ts';
import { huber } from './huber.ts';
import { squaredError } from './squared-error.ts';
import { unexplainedVariance } from './unexplained-variance.ts';

/** Every likelihood: adding one is a file and a line. */
export const LIKELIHOODS = [
  bernoulli,
  continuousBernoulli,
  squaredError,
  gaussian,
  absoluteError,
  huber,
  unexplainedVariance,
  discretisedLogistic,
  betaBinomial,
  categorical,
  columns,
] as const;
