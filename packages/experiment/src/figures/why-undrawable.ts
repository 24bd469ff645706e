import type { ModelSpec } from '@latentkit/models';

/** Why what a model reads cannot be shown as pictures, if so: figures know grey and colour, and rows of a table are neither. */
export function whyUndrawable({
  image: { channels },
  likelihood,
}: Pick<ModelSpec, 'image' | 'likelihood'>): string | undefined {
  if (likelihood.type === 'columns') return 'Rows of a table are no pictures.';
  if (channels === 1 || channels === 3) return undefined;
  return `Images of ${channels} channels are neither grey (1) nor in colour (3).`;
}
