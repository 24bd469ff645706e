/** Models that an export must hold for: dense and convolutional, odd sizes, kernels of 2 to 5, strides of 1 to 3, every activation and output. */
const mlp = (hidden, activation = 'relu') => ({ type: 'mlp', hidden, activation });
const conv = (filters, rest = {}) => ({ type: 'conv', filters, activation: 'relu', ...rest });
const model = ([height, width, channels], latentDim, encoder, decoder, rest = {}) => ({
  ...{ kind: 'vae', image: { height, width, channels }, latentDim, encoder, decoder },
  ...{ likelihood: { type: 'bernoulli', output: 'sigmoid' }, ...rest },
});
const both = (filters, rest, size = [28, 28, 1]) =>
  model(size, 3, conv(filters, rest), conv([...filters].reverse(), rest));

export const CASES = {
  dense: model([28, 28, 1], 2, mlp([64]), mlp([64])),
  'dense-colour': model([17, 13, 3], 5, mlp([32, 16], 'leakyRelu'), mlp([16, 32], 'tanh')),
  'dense-alone': model([5, 4, 3], 2, mlp([]), mlp([])),
  conv: both([8, 16], { hidden: [16] }),
  'conv-odd': both([4, 6], { activation: 'leakyRelu' }, [17, 13, 3]),
  'conv-2-1': both([3], { kernelSize: 2, stride: 1 }, [9, 7, 1]),
  'conv-2-3': both([3, 4], { kernelSize: 2, stride: 3 }, [17, 13, 3]),
  'conv-4-2': both([4, 4], { kernelSize: 4, activation: 'tanh' }, [17, 13, 3]),
  'conv-5-3': both([4, 4], { kernelSize: 5, stride: 3 }, [20, 31, 1]),
  'conv-5-2': both([4, 4, 4], { kernelSize: 5 }, [1, 9, 1]),
  'tanh-output': model([17, 13, 3], 2, conv([4]), conv([4]), {
    likelihood: { type: 'squaredError', output: 'tanh' },
  }),
  'linear-output': model([9, 7, 1], 2, mlp([8]), mlp([8]), {
    likelihood: { type: 'squaredError', output: 'linear' },
  }),
  autoencoder: model([9, 7, 3], 4, conv([4]), mlp([8]), { kind: 'autoencoder', latentActivation: 'relu' }),
  'dense-told': model([6, 5, 3], 2, mlp([8]), mlp([]), { condition: { classes: 4 } }),
  'conv-told': model([11, 9, 3], 2, conv([4, 4], { hidden: [6] }), conv([4, 4]), {
    condition: { classes: 3 },
  }),
};

const residual = (filters, rest) => ({ type: 'residual', filters, activation: 'leakyRelu', ...rest });
const blocks = (rest, more) => model([17, 13, 3], 3, residual([4, 6], rest), residual([6, 4], rest), more);

/** Networks of blocks; norms by groups are written for all but TensorFlow.js. */
export const RESIDUAL_CASES = {
  'residual-group': blocks({ groups: 2, hidden: [5] }),
  'residual-batch': blocks({ norm: 'batch', blocks: 2 }),
  'residual-none': blocks({ norm: 'none', blocks: 0, activation: 'tanh' }),
  'residual-told': blocks({}, { condition: { classes: 3 } }),
};
