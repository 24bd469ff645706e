import { checkValue, having, listRule } from '@latentkit/core/options';
import type { ComparedRow } from './compare-settings.ts';

/**
 * What may be read off the measures of runs in spite of the settings that differ, in sentences; undefined where all compare.
 *
 * @example
 * describeComparability(differingSettings([{ ...config, training: { ...training, beta: 4 } }, config]));
 * // 'Losses under different weights of their terms do not compare; ...'
 */
export function describeComparability(settings: readonly ComparedRow<unknown>[]): string | undefined {
  checkValue('describeComparability', 'settings', settings, listRule);
  const rows = Array.from(settings);
  for (const row of rows) checkValue('describeComparability', 'setting', row, rowRule);
  const differs = (...paths: readonly string[]) =>
    rows.some(({ name }) => paths.some((path) => name === path || name.startsWith(`${path}.`)));
  const sentences = [
    ...(differs('dataset') ? [IMAGES] : []),
    ...(differs('model.likelihood')
      ? [LIKELIHOODS]
      : differs('model.kind', 'training.beta', 'objective')
        ? [WEIGHTS]
        : []),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

const rowRule = having('a row of differingSettings', { name: 'string' });

const IMAGES = 'The runs were not measured on the same images.';
const LIKELIHOODS =
  'Reconstructions by different likelihoods do not compare, nor do losses and ELBOs with them; the squared errors of evaluate do, on the same images.';
const WEIGHTS =
  'Losses under different weights of their terms do not compare; reconstruction, KL and the ELBO at beta 1 do, on the same images.';
