import { describe, expect, it } from 'vitest';
import { layersOf } from './layer-plan.ts';
import type { ModelSpec } from './model-spec.ts';
import { planModel } from './plan-model.ts';
import { conv, mlp, specOf } from './testing/model-specs.ts';

/** Each layer as `name: kernel -> output`. */
function linesOf(spec: ModelSpec): string[] {
  return layersOf(planModel(spec)).map(
    ({ name, parameters, outputShape }) =>
      `${name}: ${parameters.kernel!.shape.join('x')} -> ${outputShape.join('x')}`,
  );
}

describe('planModel', () => {
  it('lays dense layers from the pixels to the codes and back', () => {
    expect(linesOf(specOf([28, 28, 1], 2, mlp([512, 256]), mlp([128])))).toEqual([
      'encoder.hidden1: 784x512 -> 512',
      'encoder.hidden2: 512x256 -> 256',
      'encoder.mean: 256x2 -> 2',
      'encoder.logVar: 256x2 -> 2',
      'decoder.hidden1: 2x128 -> 128',
      'decoder.output: 128x784 -> 28x28x1',
    ]);
  });

  it('reads the pixels with the heads where there is no hidden layer', () => {
    expect(linesOf(specOf([2, 3, 3], 4, mlp([]), mlp([]), { kind: 'autoencoder' }))).toEqual([
      'encoder.code: 18x4 -> 4',
      'decoder.output: 4x18 -> 2x3x3',
    ]);
  });

  it('mirrors convolutions, with 3 x 3 kernels and stride 2 unless told otherwise', () => {
    const spec = specOf([28, 28, 1], 2, conv([32, 64], { hidden: [16] }), conv([64, 32]));
    expect(linesOf(spec)).toEqual([
      'encoder.conv1: 3x3x1x32 -> 14x14x32',
      'encoder.conv2: 3x3x32x64 -> 7x7x64',
      'encoder.hidden1: 3136x16 -> 16',
      'encoder.mean: 16x2 -> 2',
      'encoder.logVar: 16x2 -> 2',
      'decoder.unfold: 2x3136 -> 7x7x64',
      'decoder.deconv1: 3x3x64x64 -> 14x14x64',
      'decoder.deconv2: 3x3x32x64 -> 28x28x32',
      'decoder.output: 3x3x1x32 -> 28x28x1',
    ]);
    const { encoder, decoder, outputs } = planModel(spec);
    expect(encoder.map(({ stride }) => stride)).toEqual([2, 2, undefined]);
    expect([...decoder, ...outputs].map(({ stride }) => stride)).toEqual([undefined, 2, 2, 1]);
  });

  it('comes back to sizes that no stride divides', () => {
    const odd = { kernelSize: 5, stride: 3 };
    expect(linesOf(specOf([13, 5, 3], 1, conv([4, 8], odd), conv([8, 4], odd))).slice(3)).toEqual([
      'encoder.logVar: 16x1 -> 1',
      'decoder.unfold: 1x16 -> 2x1x8',
      'decoder.deconv1: 5x5x8x8 -> 5x2x8',
      'decoder.deconv2: 5x5x4x8 -> 13x5x4',
      'decoder.output: 5x5x3x4 -> 13x5x3',
    ]);
  });

  it('puts the activation after hidden layers only', () => {
    const plan = planModel(specOf([4, 4, 1], 2, mlp([3], 'tanh'), conv([2])));
    expect(layersOf(plan).map(({ activation }) => activation)).toEqual([
      'tanh',
      'linear',
      'linear',
      'relu',
      'relu',
      'linear',
    ]);
    const plain = specOf([4, 4, 1], 2, mlp([3]), mlp([3]), {
      kind: 'autoencoder',
      latentActivation: 'relu',
    });
    expect(planModel(plain).heads.map(({ name, activation }) => [name, activation])).toEqual([
      ['encoder.code', 'relu'],
    ]);
  });
});
