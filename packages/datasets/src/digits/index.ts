export {
  type DigitsDataset,
  type DigitsDatasetOptions,
  digitsDataset,
  FIRST_VALIDATION_DIGIT,
} from './digits-dataset.ts';
export { DIGIT_FACTORS, type DigitFactor, type FactorValues } from './draw-factors.ts';
export { type DigitSet, type GenerateDigitsOptions, generateDigits } from './generate-digits.ts';
