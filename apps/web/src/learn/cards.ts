import { FIRST_SETTING, type Setting } from '../state/setting.ts';
import type { Place } from '../state/url.ts';

/** What a card's button does to the lab: one step that can be undone. */
export interface ShowMe {
  readonly words: string;
  readonly setting?: Setting;
  readonly place?: Place;
  /** Whether a run begins. */
  readonly trains?: boolean;
  /** Whether a batch is followed through the network. */
  readonly follows?: boolean;
  /** The panel to look at meanwhile. */
  readonly look?: 'map' | 'loss' | 'reconstructions' | 'samples' | 'kl';
}

/** One idea, in at most sixty words. */
export interface Card {
  readonly id: CardId;
  readonly title: string;
  readonly text: string;
  readonly showMe: ShowMe;
  readonly source: { readonly words: string; readonly href: string };
}

export type CardId =
  | 'code'
  | 'sigma'
  | 'kl'
  | 'beta'
  | 'collapse'
  | 'blur'
  | 'samples'
  | 'prior'
  | 'dead'
  | 'elbo'
  | 'stopping'
  | 'seed';

const tour = (changes: Setting['changes']): Setting => ({ ...FIRST_SETTING, changes });
const train = (
  words: string,
  changes: Setting['changes'],
  look: NonNullable<ShowMe['look']> = 'map',
): ShowMe => ({ words, setting: tour(changes), place: 'train', trains: true, look });

export const CARDS: readonly Card[] = [
  {
    id: 'code',
    title: 'A code is a short description',
    text: 'A digit here is 784 pixels. The encoder squeezes it into a few numbers, its code. The decoder draws it again from those numbers alone. What the code does not say is lost. With two numbers, each code is a dot on the map.',
    showMe: train('Train with one number', { 'model.latentDim': 1 }),
    source: {
      words: 'Hinton & Salakhutdinov, Reducing the Dimensionality of Data with Neural Networks (2006)',
      href: 'https://doi.org/10.1126/science.1127647',
    },
  },
  {
    id: 'sigma',
    title: 'The encoder says how sure it is',
    text: 'For each image the encoder gives two things: where its code lies (mu), and how far off it may be (sigma). While it trains, the decoder gets a random code from around mu. So it learns to draw the same digit from a whole neighbourhood. That is why the map has few gaps.',
    showMe: { words: 'Follow eight images', follows: true },
    source: {
      words: 'Kingma & Welling, Auto-Encoding Variational Bayes (2013)',
      href: 'https://arxiv.org/abs/1312.6114',
    },
  },
  {
    id: 'kl',
    title: 'Why there is a KL',
    text: 'The KL divergence measures how much a code differs from pure noise. It is added to the loss, so saying something about an image has a price. Without it, codes drift far apart, sigma shrinks, and random codes fall into gaps that decode to nothing known.',
    showMe: train('Train without it: beta 0', { 'training.beta': 0 }),
    source: {
      words: 'Kingma & Welling, Auto-Encoding Variational Bayes (2013)',
      href: 'https://arxiv.org/abs/1312.6114',
    },
  },
  {
    id: 'beta',
    title: 'Beta is the price of a code',
    text: 'Beta multiplies the KL in the loss. Above 1, codes become more like noise: the map is smoother, and copies are worse. Below 1, copies are better, and random codes often decode badly. At 1 the loss is a bound on how likely the images are.',
    showMe: train('Train with beta 4', { 'training.beta': 4 }),
    source: {
      words: 'Higgins et al., beta-VAE (2017)',
      href: 'https://openreview.net/forum?id=Sy2fzU9gl',
    },
  },
  {
    id: 'collapse',
    title: 'Posterior collapse',
    text: 'If saying anything costs too much, the encoder says nothing: every image gets the same code, and the KL falls to zero. The decoder then draws one average for all of them. The map is one spot, and all reconstructions look alike. A lower beta helps.',
    showMe: train('Make it collapse: beta 200', { 'training.beta': 200 }, 'reconstructions'),
    source: {
      words: 'Bowman et al., Generating Sentences from a Continuous Space (2016)',
      href: 'https://arxiv.org/abs/1511.06349',
    },
  },
  {
    id: 'blur',
    title: 'Why pictures are blurred',
    text: 'The decoder is judged pixel by pixel. Where the code leaves two drawings possible, their average costs least, and an average of drawings is a blur. A longer code leaves less open, so its pictures are sharper.',
    showMe: train('Train with ten numbers', { 'model.latentDim': 10 }, 'reconstructions'),
    source: {
      words: 'Larsen et al., Autoencoding beyond pixels using a learned similarity metric (2016)',
      href: 'https://arxiv.org/abs/1512.09300',
    },
  },
  {
    id: 'samples',
    title: 'A copy is not a sample',
    text: 'A reconstruction starts at a real image: its code is somewhere the decoder knows. A sample starts at a random code, which may lie where no image ever was. Good copies promise nothing about samples. Look at both.',
    showMe: train(
      'Good copies, poor samples: beta 0.01',
      { 'model.latentDim': 10, 'training.beta': 0.01 },
      'samples',
    ),
    source: {
      words: 'Hoffman & Johnson, ELBO surgery (2016)',
      href: 'https://approximateinference.org/accepted/HoffmanJohnson2016.pdf',
    },
  },
  {
    id: 'prior',
    title: 'The rings on the map',
    text: 'Random codes are drawn from the prior: a bell curve around the middle, in every direction. In two dimensions 39% of them fall within the first ring, and 86% within the second. Far outside, the decoder was never asked, and its pictures are guesses.',
    showMe: { words: 'Look at the rings', place: 'map', look: 'map' },
    source: {
      words: 'Rezende et al., Stochastic Backpropagation (2014)',
      href: 'https://arxiv.org/abs/1401.4082',
    },
  },
  {
    id: 'dead',
    title: 'Dimensions that say nothing',
    text: 'A network may have more numbers than it wants to pay for. The others stay pure noise: their KL is almost zero, and the decoder does not listen to them. The bars beside the map show what each dimension carries.',
    showMe: train('Train with 16 numbers, beta 4', { 'model.latentDim': 16, 'training.beta': 4 }, 'kl'),
    source: {
      words: 'Burda et al., Importance Weighted Autoencoders (2016)',
      href: 'https://arxiv.org/abs/1509.00519',
    },
  },
  {
    id: 'elbo',
    title: 'The loss has two parts',
    text: 'One part says how badly the image is drawn again, the other (KL) how much the code said. At beta 1 their sum is the negative ELBO: no image is less likely to the model than it says. Both are in nats; a nat is 1.44 bits.',
    showMe: { words: 'Watch both of eight images', follows: true },
    source: {
      words: 'Blei et al., Variational Inference: A Review for Statisticians (2017)',
      href: 'https://arxiv.org/abs/1601.00670',
    },
  },
  {
    id: 'stopping',
    title: 'Stopping early',
    text: 'With few images a network learns them by heart: its loss still falls, but on images that it never saw it rises again. The dotted curve shows those. Early stopping waits a few epochs for a better one, then ends, and keeps the best weights.',
    showMe: train(
      'Overfit 400 images',
      {
        'dataset.limit': 400,
        'training.epochs': 200,
        'training.earlyStopping': { patience: 10 },
      },
      'loss',
    ),
    source: {
      words: 'Prechelt, Early Stopping: But When? (1998)',
      href: 'https://doi.org/10.1007/3-540-49430-8_3',
    },
  },
  {
    id: 'seed',
    title: 'What a seed and a fingerprint promise',
    text: 'All chance comes from one number, the seed. The same settings and seed give the same weights, bit for bit, on any computer. The fingerprint is a short name of those weights: same fingerprint, same network. Another seed gives another map of the same digits.',
    showMe: train('Train with seed 43', { 'training.seed': 43 }),
    source: {
      words: 'Salmon et al., Parallel Random Numbers: As Easy as 1, 2, 3 (2011)',
      href: 'https://doi.org/10.1145/2063384.2063405',
    },
  },
];
