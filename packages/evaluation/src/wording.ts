import { checkValue, objectRule } from '@latentkit/core/options';
import type { ModelSpec } from '@latentkit/models';

const OF_TABLES: readonly [RegExp, string][] = [
  [/\ban image\b/g, 'a row'],
  [/\bimage\b/g, 'row'],
  [/\bimages\b/g, 'rows'],
  [/\bpixels?\b/g, 'numbers'],
  [/\ba numbers\b/g, 'a number'],
  [/\bblurrier\b/g, 'vaguer'],
];

/**
 * What makes of a sentence about images one about the rows of a table, where a model is of such. Names that a person chose are to be
 * put in afterwards.
 *
 * @example
 * wordingFor(spec)('a pixel of an image'); // 'a number of a row'
 */
export function wordingFor(model: {
  readonly likelihood?: Pick<ModelSpec['likelihood'], 'type'>;
}): (sentence: string) => string {
  checkValue('wordingFor', 'model', model, objectRule);
  if (model.likelihood?.type !== 'columns') return (sentence) => sentence;
  return (sentence) => OF_TABLES.reduce((told, [images, rows]) => told.replace(images, rows), sentence);
}
