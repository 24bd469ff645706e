import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLASS_COLORS, type ColorScheme, classColor, NO_CLASS_COLOR } from './colors.ts';
import { contrast, difference, type Sight, seen } from './testing/see-color.ts';

type Sights = Readonly<Record<Sight, number>>;

/** By colour-science and colorspacious: scripts/class-colors.py. */
const golden = JSON.parse(
  readFileSync(new URL('../fixtures/class-colors.json', import.meta.url), 'utf8'),
) as {
  schemes: Record<
    ColorScheme,
    { ground: string; leastOfTen: Sights; leastOfAll: Sights; leastOfTenToNoClass: Sights } & Record<
      'fills' | 'rims',
      string[]
    >
  >;
  pairsOfLightTen: Record<Sight, number[]>;
  others: { observable10: Sights };
};

const SCHEMES: ColorScheme[] = ['light', 'dark', 'moreContrast'];
const SIGHTS: Sight[] = ['normal', 'deutan', 'protan', 'tritan'];

function pairs(colors: readonly string[], sight: Sight): number[] {
  const labs = colors.map((one) => seen(one, sight));
  return labs.flatMap((one, i) => labs.slice(i + 1).map((other) => difference(one, other)));
}
const least = (colors: readonly string[]) =>
  Object.fromEntries(SIGHTS.map((sight) => [sight, Math.min(...pairs(colors, sight))])) as Sights;
const fillsOf = (scheme: ColorScheme) => CLASS_COLORS[scheme].map(({ fill }) => fill);

function expectNear(actual: Sights, expected: Sights): void {
  for (const sight of SIGHTS) expect(actual[sight], sight).toBeCloseTo(expected[sight], 1);
}

it.each(SIGHTS)('differences are those of colour-science, seen with %s sight', (sight) => {
  const expected = golden.pairsOfLightTen[sight];
  const actual = pairs(golden.schemes.light.fills.slice(0, 10), sight);
  expect(actual.length).toBe(45);
  for (const [i, one] of actual.entries()) expect(Math.abs(one - expected[i]!)).toBeLessThan(0.02);
});

describe.each(SCHEMES)('the colours of classes, %s', (scheme) => {
  const colors = CLASS_COLORS[scheme];

  it('are those that were chosen', () => {
    expect(colors.map(({ fill }) => fill)).toEqual(golden.schemes[scheme].fills);
    expect(colors.map(({ rim }) => rim)).toEqual(golden.schemes[scheme].rims);
    expect(NO_CLASS_COLOR[scheme]).toEqual((golden.schemes[scheme] as { noClass?: unknown }).noClass);
  });

  it('hold, ten of them, for readers with every kind of sight', () => {
    const found = least(fillsOf(scheme).slice(0, 10));
    expectNear(found, golden.schemes[scheme].leastOfTen);
    for (const sight of SIGHTS) expect(found[sight]).toBeGreaterThan(sight === 'normal' ? 15 : 11.8);
  });

  it('are, all thirty, told apart side by side', () => {
    const found = least(fillsOf(scheme));
    expectNear(found, golden.schemes[scheme].leastOfAll);
    for (const sight of SIGHTS) expect(found[sight]).toBeGreaterThan(scheme === 'light' ? 8.1 : 6.5);
  });

  it('are none that a point without a class could have', () => {
    const none = NO_CLASS_COLOR[scheme].fill;
    for (const sight of SIGHTS) {
      const apart = Math.min(
        ...fillsOf(scheme)
          .slice(0, 10)
          .map((fill) => difference(seen(fill, sight), seen(none, sight))),
      );
      expect(apart).toBeCloseTo(golden.schemes[scheme].leastOfTenToNoClass[sight], 1);
      expect(apart).toBeGreaterThan(6.5);
    }
  });

  it('have rims of 3:1 on the grounds of figures and pages', () => {
    const grounds = scheme === 'dark' ? ['#14161b', '#1a202a'] : ['#ffffff', '#fbfbfd'];
    for (const { rim } of colors) {
      for (const ground of grounds) expect(contrast(rim, ground), rim).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('what was measured of palettes', () => {
  // Least difference of any two of ten, as published with the design of the lab.
  it.each<[string, readonly string[], Sights]>([
    ['petroff10', fillsOf('light').slice(0, 10), { normal: 17.3, deutan: 12.6, protan: 11.9, tritan: 13.3 }],
    ['dark', fillsOf('dark').slice(0, 10), { normal: 16.8, deutan: 12.5, protan: 12.5, tritan: 13.3 }],
    [
      'more contrast',
      fillsOf('moreContrast').slice(0, 10),
      { normal: 15.1, deutan: 12.5, protan: 11.9, tritan: 12.2 },
    ],
    [
      'observable10, which figures had before',
      [
        ...['#4269d0', '#efb118', '#ff725c', '#6cc5b0', '#3ca951'],
        ...['#ff8ab7', '#a463f2', '#97bbf5', '#9c6b4e', '#9498a0'],
      ],
      { normal: 18, deutan: 2.6, protan: 6, tritan: 8.2 },
    ],
  ])('holds for %s', (_, colors, expected) => {
    const found = least(colors);
    for (const sight of SIGHTS) expect(Math.abs(found[sight] - expected[sight])).toBeLessThan(0.06);
  });

  it('is 1.58:1 for the palest of the ten on white, which is why it has a rim', () => {
    expect(contrast('#92dadd', '#ffffff')).toBeCloseTo(1.58, 2);
    expect(classColor(9)).toEqual({ fill: '#92dadd', rim: '#639597' });
  });
});

describe('classColor', () => {
  it('begins anew after the thirtieth', () => {
    expect(classColor(30)).toEqual(classColor(0));
    expect(classColor(99, 'dark')).toEqual(classColor(9, 'dark'));
  });

  it('knows points of no class', () => expect(classColor(-1, 'dark')).toBe(NO_CLASS_COLOR.dark));

  it.each([-2, 1.5, Number.NaN, '1'])('refuses %s', (label) => {
    expect(() => classColor(label as number)).toThrow(expect.objectContaining({ code: 'E_RANGE' }));
  });

  it('refuses a scheme that there is not', () => {
    for (const scheme of ['pale', 'toString', null]) {
      expect(() => classColor(0, scheme as ColorScheme)).toThrow(
        expect.objectContaining({ code: 'E_UNKNOWN_NAME' }),
      );
    }
  });
});
