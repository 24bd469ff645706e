import { checkValue, type OptionRule } from '@latentkit/core/options';

/** A class for each row of a file. */
export interface ClassLabels {
  /** Whole numbers from 0, and -1 for none. */
  readonly labels: Int32Array;
  /** What class `i` is called, where the file has names. */
  readonly names?: readonly string[];
}

const CLASS_NUMBER = /^\s*(?:-1|\d{1,9})(?:\.0*)?\s*$/;

const listOfTextRule: OptionRule = {
  be: 'be a list of text',
  code: 'E_USAGE',
  fits: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
};

/**
 * Classes of a column of text: whole numbers from 0, and -1 for none, stay what they are; any other column holds names, which
 * are numbered in their order (by code points), and an empty cell is no class.
 *
 * @example
 * classesOfTexts(['dog', 'cat', '', 'dog']); // { labels: Int32Array [1, 0, -1, 1], names: ['cat', 'dog'] }
 */
export function classesOfTexts(texts: readonly string[]): ClassLabels {
  checkValue('classesOfTexts', 'texts', texts, listOfTextRule);
  if (texts.every((text) => CLASS_NUMBER.test(text))) return { labels: Int32Array.from(texts, Number) };
  const cells = texts.map((text) => text.trim());
  const names = [...new Set(cells)].filter((cell) => cell !== '').sort();
  const numbers = new Map(names.map((name, i) => [name, i]));
  return { labels: Int32Array.from(cells, (cell) => numbers.get(cell) ?? -1), names };
}
