import { oneOf, optional, rule, whole } from '@latentkit/core/schema';
import { MOST_SIDE } from './image-size.ts';

/** What a config may say of how files become images. */
export const importFields = {
  /** The side of every image; by default the one that they have. */
  size: optional(whole(1, MOST_SIDE)),
  /** 1 for grey, 3 for RGB; by default RGB where any image has colour. */
  channels: optional(
    rule(whole(1, 3), (value) => (value === 2 ? 'it is 2, expected 1 for grey or 3 for RGB' : undefined)),
  ),
  fit: optional(oneOf(['crop', 'contain', 'stretch'])),
  background: optional(oneOf(['white', 'black'])),
};
