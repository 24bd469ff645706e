import { expect, it } from 'vitest';
import { formatCodesCsv } from './format-codes-csv.ts';

it('writes a row an image: where it stands, its class by its name, its code in the fewest digits', () => {
  expect(formatCodesCsv({ mean: Float32Array.of(0.5, -1), latentDim: 2 })).toEqual({
    name: 'codes.csv',
    content: 'index,mean_1,mean_2\n0,0.5,-1\n',
  });
  const { content } = formatCodesCsv({
    ...{ mean: Float32Array.of(0.1, 2), logVar: Float32Array.of(-3, 0.7), latentDim: 1 },
    ...{ labels: Int32Array.of(1, -1), classNames: ['oak', 'elm'], places: [7, 9] },
  });
  expect(content).toBe('index,label,mean_1,log_var_1\n7,elm,0.1,-3\n9,,2,0.7\n');
});

it('refuses half a code, and images', () => {
  const codes = { mean: new Float32Array(3), latentDim: 2 };
  expect(() => formatCodesCsv(codes)).toThrow('formatCodesCsv: expected whole codes of 2 numbers, got 3');
  const shape = { height: 1, width: 1, channels: 1 };
  expect(() =>
    formatCodesCsv({ ...codes, latentDim: 3, reconstructions: { shape, images: new Float32Array(1) } }),
  ).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
});
