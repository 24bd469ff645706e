import { escapeHtml as text } from './escape-html.ts';

/** Eight words that a report uses, for who meets them here first. */
const GLOSSARY: readonly [word: string, meaning: string][] = [
  ['Latent space', 'The space of codes: a few numbers that stand for a whole image.'],
  [
    'Encoder',
    'The network that reads an image and gives its code; in a VAE not one code but how likely each is: a mean and a variance for every latent dimension.',
  ],
  ['Decoder', 'The network that makes an image of a code.'],
  [
    'Posterior',
    'q(z|x), what the encoder says of an image x: a normal distribution over codes z, narrow where the image leaves little doubt. It approximates the true posterior, which nobody can compute.',
  ],
  [
    'Prior',
    'p(z), how codes are spread before any image is seen, mostly the standard normal distribution. Random samples are decoded from it.',
  ],
  [
    'KL divergence',
    'How far a posterior is from the prior, in nats (one nat is 1.44 bits): how much the code may say of its image. At 0 it says nothing.',
  ],
  [
    'ELBO',
    'Evidence lower bound: -(reconstruction + KL), where the reconstruction is a negative log likelihood. On average it is no higher than the log probability that the model gives an image; training raises it.',
  ],
  [
    'Beta',
    "The KL's weight in the loss. 1 is the ELBO; more than 1 makes codes simpler and images blurrier, less than 1 the other way round.",
  ],
];

/** The glossary as HTML, in the words for what a model is of. */
export function glossary(say: (sentence: string) => string): string {
  const entries = GLOSSARY.map(
    ([word, meaning]) => `<div><dt>${text(word)}</dt><dd>${text(say(meaning))}</dd></div>`,
  );
  return `<dl class="words">${entries.join('')}</dl>`;
}
