import { expect, it } from 'vitest';
import { wordingFor } from './wording.ts';

it('speaks of rows and numbers where a model is of a table, and leaves the words for images alone', () => {
  const sentence = 'An image is no pixel: a pixel of an image, all pixels of the images, one image each.';
  expect(wordingFor({ likelihood: { type: 'bernoulli' } })(sentence)).toBe(sentence);
  expect(
    wordingFor({ likelihood: { type: 'columns' } })(sentence.replace('An image is no pixel: ', '')),
  ).toBe('a number of a row, all numbers of the rows, one row each.');
});
