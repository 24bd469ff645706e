import type { LatentUse } from '@latentkit/models';

const LITTLE = 0.01; // nats

/**
 * What to say of a latent space that is unused, if it is: more than half of its dimensions carry nothing.
 *
 * @param use its `kl` where the prior is the one that the KL is to.
 */
export function latentUseNote({ kl, isActive }: LatentUse): string | undefined {
  const unused = kl ? kl.filter((one) => one < LITTLE).length : isActive.filter((one) => !one).length;
  const total = isActive.length;
  if (unused * 2 <= total) return undefined;
  const carry = kl
    ? `carr${total === 1 ? 'ies' : 'y'} less than ${LITTLE} nats`
    : `hardly var${total === 1 ? 'ies' : 'y'} from image to image`;
  const what =
    unused === total
      ? 'the decoder ignores its code, and every sample comes out much alike. A lower beta, or a beta that warms up, may help.'
      : 'the model would do with a smaller latent space.';
  return `${unused} of ${total} dimension${total === 1 ? '' : 's'} ${carry}: ${what}`;
}
