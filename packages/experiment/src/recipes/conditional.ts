import type { Recipe } from './recipe.ts';

const SOURCE = 'a public run of a VAE and a conditional one, 784-400-20';

/** The dense VAE of PyTorch's example, and the same one told each image's class: what the classes save. */
function dense(name: string, title: string, more: Partial<Recipe['model']>, loss: number): Recipe {
  return {
    name,
    title,
    notes:
      'One of two runs that differ in one thing: cvae-400-20 is told the class of each image, in its encoder and its decoder, and vae-400-20 is not. ' +
      'A code need not say then which digit it is of, which the KL shows.',
    source: SOURCE,
    chosen: ['15 epochs', 'Adam 1e-3', 'batch 128', 'seed 42'],
    published: [{ metric: 'valLoss', value: loss, within: 2, orLower: true, source: SOURCE }],
    model: {
      kind: 'vae',
      latentDim: 20,
      encoder: { type: 'mlp', hidden: [400], activation: 'relu' },
      decoder: { type: 'mlp', hidden: [400], activation: 'relu' },
      likelihood: { type: 'bernoulli', output: 'sigmoid' },
      ...more,
    },
    training: {
      epochs: 15,
      batchSize: 128,
      seed: 42,
      optimizer: { name: 'adam' },
      learningRate: 1e-3,
      beta: 1,
    },
  };
}

export const vae400 = dense('vae-400-20', 'dense VAE 784-400-(20)-400-784, Bernoulli', {}, 102.79);
export const cvae400 = dense(
  'cvae-400-20',
  'conditional VAE 784-400-(20)-400-784, told the class',
  { condition: { classes: 10 } },
  98.49,
);
