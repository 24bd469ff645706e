import { add } from '@latentkit/losses/ops';
import { activated } from './activation.ts';
import type { LayerKind } from './layer-kind.ts';

/**
 * `y = activation(x + body(x))`, where the body's layers keep the shape.
 *
 * @see He et al.: "Deep residual learning for image recognition" (2016), equation 1
 */
export const residual: LayerKind = {
  type: 'residual',
  describe: () => 'sum with what came in',
  apply: (x, { body, activation }, { parameters, emit }, run) =>
    activated(add(x, run(body!, x, { parameters, emit })), activation),
};
