/**
 * Names that helps list, the default first: said here, as the packages that know them take longer to load than a help may
 * take to come. A test holds them in step.
 */
export const NAMES = {
  recipes: [
    'digits-dense',
    'digits-tour',
    'keras-dense',
    'keras-conv',
    'keras-conv-adam',
    'beta-vae',
    'mlp-mse',
    'mlp-deep',
    'mlp-binarised-2',
    'mlp-binarised-10',
    'mlp-binarised-20',
    'tf-bernoulli',
    'autoencoder',
    'adversarial',
    'vq-conv',
    'm2-100',
    'beta-tc-shapes',
    'sigma-vae',
    'two-levels',
    'residual',
    'table',
  ],
  datasets: ['digits', 'mnist', 'fashion-mnist', 'kmnist', 'shapes'],
  sources: ['images', 'npy', 'npz', 'idx', 'csv', 'parquet', 'safetensors', 'table'],
  objectives: ['elbo', 'betaTc', 'infoVae', 'iwae', 'vq', 'adversarial', 'semiSupervised'],
  anomalyScores: ['elbo', 'reconstruction', 'kl', 'latentKnn', 'likelihoodRatio', 'likelihoodRegret'],
  methods: ['pca', 'tsne', 'umap', 'umap-js', 'tsne-js'],
} as const;
