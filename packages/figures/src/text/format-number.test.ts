import { expect, test } from 'vitest';
import { formatNumber } from './format-number.ts';

test.each([
  [0, '0'],
  [104.2714, '104.3'],
  [-3, '−3'],
  [0.25, '0.25'],
  [0.00002, '2×10⁻⁵'],
  [0.0001, '10⁻⁴'],
  [9999, '9999'],
  [25000, '25k'],
  [1234567, '1.235M'],
  [1.5e12, '1.5×10¹²'],
  [-2.5e-7, '−2.5×10⁻⁷'],
])('%d is written as %s', (value, text) => expect(formatNumber(value)).toBe(text));
