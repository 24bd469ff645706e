import type { ScatterColors } from '../../src/scatter/colors.ts';

const darken = (share: number) => (value: number) => value * share;
const lighten = (share: number) => (value: number) => 255 - (255 - value) * share;

function dotsOf(fills: string, toRim: (value: number) => number): ScatterColors['dots'] {
  return fills.split(' ').map((hex) => {
    const channels = [0, 2, 4].map((at) => Math.round(toRim(Number.parseInt(hex.slice(at, at + 2), 16))));
    return { fill: `#${hex}`, rim: `#${channels.map((c) => c.toString(16).padStart(2, '0')).join('')}` };
  });
}

export const COLORS: Record<'light' | 'dark', ScatterColors> = {
  light: {
    ...{ ground: '#fbfbfd', ink: '#1b1f24', faint: '#9aa1ab', accent: '#1f6fb8' },
    dots: dotsOf('3f90da ffa90e bd1f01 94a4a2 832db6 a96b59 e76300 b9ac70 717581 92dadd', darken(0.68)),
  },
  dark: {
    ...{ ground: '#14161b', ink: '#e8eaee', faint: '#6b7280', accent: '#6fb1f0' },
    dots: dotsOf('4496e0 ffb01f c42402 9aaaa8 9236c6 a96b59 ea6a08 bfb277 717581 9be0e3', lighten(0.7)),
  },
};
