// What each variant is held against: what docs/family-checks.md is written from. A place is a file and a text that stands in it.

const objectives = (file) => `packages/objectives/src/${file}.ts`;
const losses = (file) => `packages/losses/src/${file}.ts`;
const models = (file) => `packages/models/src/${file}.ts`;
const row = (text) => [objectives('contract.test'), text];
const kindRow = (text) => [models('testing/model-specs'), text];
const priorRow = (text) => [models('priors/priors.test'), text];
const pixelRow = (text) => [losses('likelihoods/likelihoods.test'), text];
const trace = (fixture, name) => [
  `packages/trainers/fixtures/${fixture}.json`,
  `"${name}"`,
  'PyTorch, 25 steps',
];
const golden = (text) => ['packages/losses/fixtures/likelihoods.json', text, 'PyTorch, values and gradients'];
const torch = (text) => ['packages/losses/fixtures/torch.json', text, 'PyTorch, values and gradients'];

/**
 * @typedef {readonly [path: string, text: string, what?: string]} Place
 *
 * @typedef {object} Variant
 * @property {string} name
 * @property {Place} source its formula's docstring, and a name of its paper there
 * @property {Place} contract a row of a contract suite
 * @property {readonly Place[]} against closed forms, and other programs' results
 * @property {string} example a command that is run, or a file of examples/
 * @property {readonly string[]} recipes whose sections of docs/reproduction.md are looked into
 */

/** @type {readonly Variant[]} */
export const FAMILY = [
  {
    name: 'VAE',
    source: [objectives('elbo'), 'Auto-Encoding Variational Bayes'],
    contract: row('reconstruction: reconstruction()'),
    against: [
      ['packages/trainers/fixtures/parity.json', '"mlp_bernoulli_adam"', 'PyTorch, a training'],
      [
        'packages/evaluation/src/metrics/contract.test.ts',
        'linearNll',
        'probabilistic PCA, whose likelihood is known',
      ],
    ],
    example: 'train',
    recipes: ['keras-dense', 'vae-400-20', 'mlp-binarised-20'],
  },
  {
    name: 'beta-VAE',
    source: [objectives('elbo'), 'beta-VAE'],
    contract: row("{ type: 'elbo', beta: 4 }"),
    against: [['packages/trainers/fixtures/parity.json', '"mlp_mse_adam_beta4"', 'PyTorch, a training']],
    example: 'train --beta 4',
    recipes: ['beta-vae'],
  },
  {
    name: 'annealed, in cycles',
    source: ['packages/core/src/schedule.ts', 'Cyclical annealing schedule'],
    contract: row("capacity: { type: 'linear', from: 0, to: 2 }"),
    against: [['packages/core/src/schedule.test.ts', 'cyclic', 'values of schedules']],
    example: 'train --recipe cyclical',
    recipes: ['cyclical'],
  },
  {
    name: 'free bits',
    source: [losses('bounds/free-bits'), 'Inverse Autoregressive Flow'],
    contract: row("{ type: 'elbo', beta: 0.5, freeBits: 0.01 }"),
    against: [trace('priors', 'freeBits')],
    example: 'train --recipe free-bits',
    recipes: ['free-bits'],
  },
  {
    name: 'capacity',
    source: [losses('bounds/capacity'), 'Burgess et al. 2018'],
    contract: row("'a capacity'"),
    against: [trace('priors', 'capacity')],
    example: `train --beta 20 --set 'objective.capacity={"type":"linear","from":0,"to":10}'`,
    recipes: [],
  },
  {
    name: 'beta-TCVAE',
    source: [objectives('beta-tc'), 'Isolating sources of disentanglement'],
    contract: row("{ type: 'betaTc', totalCorrelation: 6 }"),
    against: [trace('variants', 'betaTc')],
    example: 'train --objective betaTc --set objective.totalCorrelation=6',
    recipes: ['beta-tc-shapes'],
  },
  {
    name: 'InfoVAE, MMD-VAE',
    source: [objectives('info-vae'), 'InfoVAE'],
    contract: row("{ type: 'infoVae', mmd: 100, kl: 0.5 }"),
    against: [trace('priors', 'mmdVae'), trace('priors', 'infoVae')],
    example: 'train --objective infoVae --set objective.mmd=1000 --set objective.kl=0',
    recipes: ['mmd-vae'],
  },
  {
    name: 'conditional VAE',
    source: [models('model-spec'), 'Sohn et al.'],
    contract: row('condition: { classes: 3 }'),
    against: [trace('variants', 'conditional')],
    example: 'train --set model.condition.classes=10',
    recipes: ['cvae-400-20'],
  },
  {
    name: 'IWAE',
    source: [objectives('iwae'), 'Importance weighted autoencoders'],
    contract: row("{ type: 'iwae', samples: 3 }"),
    against: [trace('variants', 'iwae')],
    example: 'train --objective iwae --set objective.samples=5',
    recipes: ['iwae-1', 'iwae-5', 'iwae-50'],
  },
  {
    name: 'DReG',
    source: [objectives('iwae'), 'Doubly reparameterized'],
    contract: row("gradient: 'doublyReparameterized'"),
    against: [trace('variants', 'iwaeDoublyReparameterized')],
    example:
      'train --objective iwae --set objective.samples=5 --set objective.gradient=doublyReparameterized',
    recipes: ['iwae-5-dreg', 'iwae-50-dreg'],
  },
  {
    name: 'IWAE by one of its samples',
    source: [objectives('terms/resampled-bound'), 'equation 14'],
    contract: row("gradient: 'resampled'"),
    against: [
      [
        objectives('resampled-bound.test'),
        'draws each sample for as much of the uniform numbers as it weighs',
        'the mean over its draws is the usual gradient',
      ],
    ],
    example: 'train --objective iwae --set objective.samples=5 --set objective.gradient=resampled',
    recipes: [],
  },
  {
    name: 'mixture prior',
    source: [models('priors/mixture'), 'Dilokthanakul et al.'],
    contract: priorRow("{ type: 'mixture', components: 3 }"),
    against: [trace('priors', 'mixturePrior')],
    example: 'train --set model.prior.type=mixture --set model.prior.components=10',
    recipes: ['mixture-prior'],
  },
  {
    name: 'VampPrior',
    source: [models('priors/vamp'), 'Tomczak & Welling'],
    contract: priorRow("{ type: 'vamp', components: 4 }"),
    against: [trace('priors', 'vampPrior')],
    example: 'train --set model.prior.type=vamp --set model.prior.components=10',
    recipes: ['vamp-prior', 'standard-prior'],
  },
  {
    name: 'two levels',
    source: [models('kinds/hierarchical'), 'Ladder variational autoencoders'],
    contract: row('two levels$'),
    against: [trace('kinds', 'hierarchical')],
    example: 'train --recipe two-levels',
    recipes: [
      'iwae-1-two-levels',
      'iwae-5-two-levels',
      'iwae-50-two-levels',
      'two-levels-standard',
      'two-levels-vamp',
    ],
  },
  {
    name: 'VQ-VAE',
    source: [models('kinds/vq'), 'Neural discrete representation learning'],
    contract: row("kind: 'vq'"),
    against: [trace('codes', 'vq')],
    example: 'train --recipe vq-conv',
    recipes: ['keras-vq'],
  },
  {
    name: 'adversarial autoencoder',
    source: [objectives('adversarial'), 'Adversarial autoencoders'],
    contract: row("type: 'adversarial'"),
    against: [trace('codes', 'adversarial')],
    example: 'train --recipe adversarial',
    recipes: ['adversarial'],
  },
  {
    name: 'semi-supervised M2',
    source: [models('kinds/semi-supervised'), 'Semi-supervised learning with deep generative models'],
    contract: row("kind: 'semiSupervised'"),
    against: [trace('kinds', 'semiSupervised')],
    example: 'train --recipe m2-100',
    recipes: ['m2-100', 'm2-1000'],
  },
  {
    name: 'M1 + M2',
    source: [models('trained/encode-dataset'), 'section 2'],
    contract: row("kind: 'semiSupervised'"),
    against: [trace('kinds', 'semiSupervised')],
    example: 'examples/14-classes-of-few.js',
    recipes: [],
  },
  {
    name: 'residual, group normalisation',
    source: [models('nets/residual'), 'Group normalization'],
    contract: kindRow("'a residual VAE of 6 x 5 in colour'"),
    against: [trace('kinds', 'residual')],
    example: 'train --recipe residual',
    recipes: [],
  },
  {
    name: '... batch normalisation',
    source: [models('layers/batch-norm'), 'Batch normalization'],
    contract: kindRow("norm: 'batch'"),
    against: [trace('kinds', 'batchNorm')],
    example: 'train --recipe residual --set model.encoder.norm=batch --set model.decoder.norm=batch',
    recipes: [],
  },
  {
    name: 'codes drawn from a mixture, fitted',
    source: [models('samplers/gaussian-mixture'), 'From Variational to Deterministic'],
    contract: [models('samplers/samplers.test'), 'covers every sampler'],
    against: [
      ['packages/models/fixtures/sklearn-mixture.json', '', 'scikit-learn'],
      [
        models('samplers/samplers.test'),
        'is the normal distribution of the points where there is one component',
        'a closed form',
      ],
    ],
    example: 'examples/10-a-sampler-of-your-own.js',
    recipes: [],
  },
  {
    name: '... from the aggregate posterior',
    source: [models('samplers/aggregate-posterior'), 'ELBO surgery'],
    contract: [models('samplers/samplers.test'), 'covers every sampler'],
    against: [
      [
        models('samplers/samplers.test'),
        'draws codes of the posteriors of images, each as often as the others',
        'the moments of the posteriors',
      ],
    ],
    example: 'examples/10-a-sampler-of-your-own.js',
    recipes: [],
  },
  {
    name: 'pixels: Bernoulli',
    source: [losses('bernoulli-negative-log-likelihood'), 'Auto-Encoding Variational Bayes'],
    contract: pixelRow("type: 'bernoulli'"),
    against: [torch('"bernoulli"')],
    example: 'train',
    recipes: ['vae-400-20'],
  },
  {
    name: 'pixels: continuous Bernoulli',
    source: [losses('continuous-bernoulli-negative-log-likelihood'), 'Loaiza-Ganem'],
    contract: pixelRow("type: 'continuousBernoulli'"),
    against: [golden('"continuousBernoulli"'), trace('likelihoods', 'continuousBernoulli')],
    example: 'train --recipe continuous-bernoulli',
    recipes: ['continuous-bernoulli'],
  },
  {
    name: 'pixels: Gaussian, sigma given or learned',
    source: [losses('gaussian-negative-log-likelihood'), 'Calibrated Decoders'],
    contract: pixelRow("sigma: 'learned'"),
    against: [torch('"gaussian"')],
    example: 'train --set model.likelihood.type=gaussian --set model.likelihood.sigma=learned',
    recipes: [],
  },
  {
    name: '... of each pixel',
    source: [losses('gaussian-per-pixel-negative-log-likelihood'), 'Calibrated Decoders'],
    contract: pixelRow("sigma: 'perPixel'"),
    against: [golden('"perPixel"'), trace('likelihoods', 'gaussianPerPixel')],
    example: 'train --set model.likelihood.type=gaussian --set model.likelihood.sigma=perPixel',
    recipes: [],
  },
  {
    name: '... of each image (sigma-VAE)',
    source: [losses('gaussian-per-image-score'), 'Calibrated Decoders'],
    contract: pixelRow("sigma: 'perImage'"),
    against: [golden('"perImage"'), trace('likelihoods', 'gaussianPerImage')],
    example: 'train --recipe sigma-vae',
    recipes: [],
  },
  {
    name: 'pixels: discretised logistic',
    source: [losses('discretised-logistic-negative-log-likelihood'), 'PixelCNN++'],
    contract: pixelRow("type: 'discretisedLogistic'"),
    against: [golden('"discretisedLogistic"'), trace('likelihoods', 'discretisedLogistic')],
    example: 'train --recipe discretised-logistic',
    recipes: ['discretised-logistic'],
  },
  {
    name: 'pixels: beta-binomial',
    source: [losses('beta-binomial-negative-log-likelihood'), 'Skellam'],
    contract: pixelRow("type: 'betaBinomial'"),
    against: [
      golden('"betaBinomial"'),
      trace('likelihoods', 'betaBinomial'),
      ['packages/losses/fixtures/scipy.json', '"betaBinomial"', 'SciPy'],
    ],
    example: 'train --set model.likelihood.type=betaBinomial',
    recipes: [],
  },
  {
    name: 'pixels: categorical',
    source: [losses('categorical-negative-log-likelihood'), 'Pixel Recurrent Neural Networks'],
    contract: pixelRow("type: 'categorical'"),
    against: [golden('"categorical"'), trace('likelihoods', 'categorical')],
    example:
      'train --set model.likelihood.type=categorical --set model.likelihood.output=softmax --set model.likelihood.levels=4',
    recipes: [],
  },
  {
    name: 'pixels: squared error, absolute error',
    source: [losses('squared-error'), 'Bishop 2006'],
    contract: pixelRow("type: 'absoluteError'"),
    against: [torch('"squaredError"'), torch('"absoluteError"')],
    example: 'train --set model.likelihood.type=squaredError',
    recipes: ['mlp-mse'],
  },
  {
    name: 'pixels: Huber',
    source: [losses('huber'), 'Huber 1964'],
    contract: pixelRow("type: 'huber'"),
    against: [golden('"huber"')],
    example: 'train --set model.likelihood.type=huber --set model.likelihood.delta=0.1',
    recipes: [],
  },
  {
    name: "pixels: error by the image's contrast",
    source: [losses('unexplained-variance'), 'Serrà et al.'],
    contract: pixelRow("type: 'unexplainedVariance'"),
    against: [golden('"unexplainedVariance"'), trace('likelihoods', 'unexplainedVariance')],
    example: 'train --recipe unexplained-variance',
    recipes: [],
  },
  {
    name: 'tables: a likelihood a column',
    source: [losses('likelihoods/columns'), 'Calibrated Decoders'],
    contract: [losses('likelihoods/columns.test'), 'has the gradients of the finite differences'],
    against: [
      [
        losses('likelihoods/columns.test'),
        'is the negative log probability of each column, added up',
        'the sum of its columns',
      ],
    ],
    example: 'examples/15-anomalies-in-a-table.js',
    recipes: [],
  },
];
