import { expect, it } from 'vitest';
import { CLASS_COLORS } from '../colors.ts';
import { colorRules, INSTEAD } from './color-rules.ts';
import { svg } from './svg.ts';
import { DARK } from './theme.ts';

it('says of the colours that there are what they become, and nothing of others', () => {
  const [one, other] = [CLASS_COLORS.light[0]!, CLASS_COLORS.light[1]!];
  const css = colorRules([svg('g', { stroke: other.rim }, svg('circle', { fill: one.fill }))]);
  expect(css).toContain(".latentkit [fill='#3f90da']{fill:light-dark(#3f90da,#4496e0)}");
  expect(css).toContain(".latentkit [stroke='#c07e08']{stroke:light-dark(#c07e08,#ffb01f)}");
  expect(css.match(/\[fill=/g)).toHaveLength(2); // once more for readers who ask for more contrast
  const more = css.slice(css.indexOf('@media (prefers-contrast:more)'));
  expect(more).toContain(".latentkit [fill='#3f90da']{fill:light-dark(#1a68ff,#4496e0)}");
});

it('leaves out what asks for more contrast where nothing does', () => {
  expect(colorRules([svg('rect', { fill: '#ffffff' })])).not.toContain('prefers-contrast');
});

it('takes no colour for two', () => {
  for (const paint of Object.values(INSTEAD)) {
    const lights =
      Object.keys(DARK).length + CLASS_COLORS.light.length + CLASS_COLORS.moreContrast.length + 1;
    expect(paint.size).toBe(lights);
  }
});
