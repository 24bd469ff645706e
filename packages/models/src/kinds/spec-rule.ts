import { having } from '@latentkit/core/options';

/** What is a spec, as far as one reads its kind. */
export const specRule = having('the spec of a model', { kind: 'string' }, 'trained.spec is one');
