import { describe, expect, it } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

const RECIPES = ['keras-dense', 'keras-conv', 'beta-vae'];

describe('didYouMean', () => {
  it('names the nearest known name', () => {
    expect(didYouMean('keras-dens', RECIPES)).toBe("Did you mean 'keras-dense'?");
    expect(didYouMean('kerasconv', RECIPES)).toBe("Did you mean 'keras-conv'?");
  });

  it('takes no notice of case', () => {
    expect(didYouMean('BETA-VAE', RECIPES)).toBe("Did you mean 'beta-vae'?");
  });

  it('lists what is known when nothing is near', () => {
    expect(didYouMean('transformer', RECIPES)).toBe('Known: keras-dense, keras-conv, beta-vae');
    expect(didYouMean('', ['mnist'])).toBe('Known: mnist');
  });

  it('counts insertions, deletions and substitutions alike', () => {
    // kitten -> sitting is the textbook distance of 3: too far for a name of 6 letters, near enough for one of 9.
    expect(didYouMean('kitten', ['sitting'])).toBe('Known: sitting');
    expect(didYouMean('kitten-xy', ['sitting-xy'])).toBe("Did you mean 'sitting-xy'?");
  });
});
