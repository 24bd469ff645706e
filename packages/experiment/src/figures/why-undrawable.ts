import type { ImageShape } from '@latentkit/core';

/** Why images of a shape cannot be shown, if so: figures know grey and colour. */
export function whyUndrawable({ channels }: ImageShape): string | undefined {
  if (channels === 1 || channels === 3) return undefined;
  return `Images of ${channels} channels are neither grey (1) nor in colour (3).`;
}
