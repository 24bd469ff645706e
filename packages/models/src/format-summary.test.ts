import { describe, expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { formatSummary } from './format-summary.ts';
import { summarizeModel } from './summarize-model.ts';
import { conv, mlp, specOf } from './testing/model-specs.ts';

describe('formatSummary', () => {
  it('is a table of a dense model', () => {
    const model = createModel(specOf([28, 28, 1], 2, mlp([512]), mlp([512])));
    expect(`\n${formatSummary(summarizeModel(model))}`).toMatchInlineSnapshot(`
      "
      layer      type         output   parameters
      encoder                             403,972
        hidden1  dense, relu  512         401,920
        mean     dense        2             1,026
        logVar   dense        2             1,026
      decoder                             403,728
        hidden1  dense, relu  512           1,536
        output   dense        28x28x1     402,192
      total                               807,700"
    `);
  });

  it('is a table of a convolutional model with a learned sigma', () => {
    const likelihood = { type: 'gaussian', output: 'sigmoid', sigma: 'learned' } as const;
    const spec = specOf([28, 28, 1], 2, conv([32, 64], { hidden: [16] }), conv([64, 32]), { likelihood });
    expect(`\n${formatSummary(summarizeModel(createModel(spec)))}`).toMatchInlineSnapshot(`
      "
      layer       type                                          output    parameters
      encoder                                                                 69,076
        conv1     convolution 3 x 3, stride 2, relu             14x14x32         320
        conv2     convolution 3 x 3, stride 2, relu             7x7x64        18,496
        hidden1   dense, relu                                   16            50,192
        mean      dense                                         2                 34
        logVar    dense                                         2                 34
      decoder                                                                 65,089
        unfold    dense, relu                                   7x7x64         9,408
        deconv1   transposed convolution 3 x 3, stride 2, relu  14x14x64      36,928
        deconv2   transposed convolution 3 x 3, stride 2, relu  28x28x32      18,464
        output    transposed convolution 3 x 3                  28x28x1          289
      likelihood                                                                   1
      total                                                                  134,166"
    `);
  });

  it('is a table of a plain autoencoder', () => {
    const spec = specOf([1, 1, 1], 1, mlp([]), mlp([]), { kind: 'autoencoder', latentActivation: 'relu' });
    expect(`\n${formatSummary(summarizeModel(createModel(spec)))}`).toMatchInlineSnapshot(`
      "
      layer     type         output  parameters
      encoder                                 2
        code    dense, relu  1                2
      decoder                                 2
        output  dense        1x1x1            2
      total                                   4"
    `);
  });
});
