import { describe, expect, it } from 'vitest';
import { parseColors } from './colors.ts';

const colors = {
  ground: '#fbfbfd',
  ink: '#1b1f24',
  faint: '#9aa1ab',
  accent: '#1f6fb8',
  dots: [{ fill: '#3F90da', rim: '#2b6294' }],
};

describe('colours', () => {
  it('are read as numbers', () => {
    expect(parseColors(colors)).toEqual({
      ground: [251, 251, 253],
      faint: [154, 161, 171],
      fills: [[63, 144, 218]],
      rims: [[43, 98, 148]],
    });
  });

  it('must be six digits', () => {
    expect(() => parseColors({ ...colors, ground: 'white' })).toThrow(
      'a colour must be like #3f90da, got white',
    );
  });

  it('are at most 32', () => {
    const dots = Array.from({ length: 33 }, () => colors.dots[0]!);
    expect(() => parseColors({ ...colors, dots })).toThrow('32 classes, got 33');
  });
});
