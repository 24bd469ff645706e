import { checkValue } from '@latentkit/core/options';
import { specRule } from './spec-rule.ts';

/** Said here, and not read off the kinds, so that a page can ask without loading what they compute; a test holds them in step. */
const OF_DISTRIBUTIONS = ['vae', 'semiSupervised', 'hierarchical'];

/**
 * Are a model's codes distributions, whose KL to a prior there is? Else they are points.
 *
 * @throws `E_USAGE` for what is no spec.
 * @example
 * isVariational(trained.spec); // false of a plain autoencoder
 */
export function isVariational(spec: { kind: string }): boolean {
  checkValue('isVariational', 'spec', spec, specRule);
  return OF_DISTRIBUTIONS.includes(spec.kind);
}
