import { describe, expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { summarizeModel } from './summarize-model.ts';
import { conv, mlp, SMALL_SPECS, specOf } from './testing/model-specs.ts';

describe('summarizeModel', () => {
  it("counts Keras's dense example: 784-512-(2)-512-784", () => {
    const summary = summarizeModel(createModel(specOf([28, 28, 1], 2, mlp([512]), mlp([512]))));
    expect(summary).toMatchObject({
      encoderParameters: 403_972,
      decoderParameters: 403_728,
      likelihoodParameters: 0,
      totalParameters: 807_700,
    });
  });

  it("counts Keras's convolutional example", () => {
    const spec = specOf([28, 28, 1], 2, conv([32, 64], { hidden: [16] }), conv([64, 32]));
    expect(summarizeModel(createModel(spec))).toMatchObject({
      encoderParameters: 69_076,
      decoderParameters: 65_089,
      totalParameters: 134_165,
    });
  });

  it.each(Object.entries(SMALL_SPECS))('counts what %s is born with', (_, spec) => {
    const model = createModel(spec);
    const numbers = Object.values(model.initialize(0)).reduce((sum, { data }) => sum + data.length, 0);
    expect(summarizeModel(model).totalParameters).toBe(numbers);
  });

  it('says what a layer computes', () => {
    const odd = { kernelSize: 4, stride: 3, activation: 'leakyRelu' } as const;
    const spec = specOf([9, 9, 3], 2, conv([8], odd), conv([8], { stride: 1 }));
    const { encoder, decoder } = summarizeModel(createModel(spec));
    expect(encoder[0]).toEqual({
      name: 'encoder.conv1',
      type: 'convolution 4 x 4, stride 3, leakyRelu',
      outputShape: '[batch, 3, 3, 8]',
      parameters: 4 * 4 * 3 * 8 + 8,
    });
    expect(encoder[1]).toMatchObject({ name: 'encoder.mean', type: 'dense', outputShape: '[batch, 2]' });
    expect(decoder[1]!.type).toBe('transposed convolution 3 x 3, relu');
  });

  it('counts a learned sigma', () => {
    expect(summarizeModel(createModel(SMALL_SPECS['a VAE with a learned sigma']!)).likelihoodParameters).toBe(
      1,
    );
  });
});
