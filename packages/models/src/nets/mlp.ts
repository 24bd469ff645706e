import { pixelCount, sizeOfShape } from '@latentkit/core';
import { fields, list, whole, word } from '@latentkit/core/schema';
import { activationSchema } from '../layers/activation.ts';
import { netKind } from './net-kind.ts';
import { planDense, planHidden } from './plan-dense.ts';

/** Dense layers, one a size. */
export const mlp = netKind('mlp', {
  fields: fields({ type: word('mlp'), hidden: list(whole(1)), activation: activationSchema }),
  planEncoder: ({ hidden, activation }, image) =>
    planHidden('encoder', pixelCount(image), hidden, activation),
  planDecoder: ({ hidden, activation }, { codeShape, image: { height, width, channels }, heads }) => ({
    decoder: planHidden('decoder', sizeOfShape(codeShape), hidden, activation),
    outputs: heads.map(({ name, perPixel }) => {
      const shape = [height, width, channels * perPixel];
      return planDense(`decoder.${name}`, hidden.at(-1) ?? sizeOfShape(codeShape), shape, 'linear');
    }),
  }),
});
