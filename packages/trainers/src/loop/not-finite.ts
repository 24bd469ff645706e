import { LatentkitError } from '@latentkit/core';

/** What a run that blew up throws: what was seen, and what to do. */
export function notFinite(what: string): LatentkitError {
  return new LatentkitError('E_NOT_FINITE', `train: ${what}`, {
    fix: 'Lower the learning rate, clip the gradients (clip.norm, say 1), or look for NaN and huge values in the data',
  });
}
