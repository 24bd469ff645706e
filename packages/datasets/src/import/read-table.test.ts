import { describe, expect, it } from 'vitest';
import { errorOf, importOf, text } from '../testing/import-of.ts';

describe('tables', () => {
  const lines = (rows: readonly (readonly unknown[])[]) => text(rows.map((row) => row.join(',')).join('\n'));
  const bytes = [
    [3, 0, 50, 100, 255],
    [1, 9, 8, 7, 6],
    [3, 5, 5, 5, 5],
  ];
  const names = ['label', 'p0', 'p1', 'p2', 'p3'];
  const quoted = names.map((name) => `"${name}"`);
  const words = bytes.map(([label, ...row]) => [...row, label === 3 ? 'owl' : 'bee']);

  it.each<[string, Uint8Array, readonly string[] | undefined]>([
    ['classes and pixels under a header', lines([names, ...bytes]), undefined],
    ['a header in quotes', lines([quoted, ...bytes]), undefined],
    ['classes and pixels without a header', lines(bytes), undefined],
    ['classes behind pixels, as words', lines(words), ['bee', 'owl']],
    ['pixels alone', lines(bytes.map((row) => row.slice(1))), undefined],
  ])('of %s', async (what, content, classNames) => {
    const { dataset, report } = await importOf({ 'x.csv': content }, { validationFraction: 0.01 });
    expect(dataset.classNames).toEqual(classNames);
    const { train, validation } = dataset;
    expect(train.shape).toEqual({ height: 2, width: 2, channels: 1 });
    const pairs = [train, validation].flatMap(({ images, labels, count }) =>
      Array.from({ length: count }, (_, i) => [labels?.[i], ...images.subarray(4 * i, 4 * i + 4)]),
    );
    const labelOf = (label: number) =>
      classNames ? (label === 3 ? 1 : 0) : what === 'pixels alone' ? undefined : label;
    const expected = bytes.map(([label, ...row]) => [labelOf(label!), ...row]);
    expect(pairs.sort((a, b) => a[1]! - b[1]!)).toEqual(expected.sort((a, b) => a[1]! - b[1]!));
    expect(train.images).toBeInstanceOf(Uint8Array);
    expect(report.source).toBe('table');
  });

  it('of fractions are floats', async () => {
    const { dataset } = await importOf({ 'x.csv': text('0,0.5,1,0.25\n1,1,0,0\n') });
    expect(dataset.train.images).toBeInstanceOf(Float32Array);
  });

  it('of two files are two parts, as Kaggle has MNIST', async () => {
    const { dataset } = await importOf({
      'mnist_train.csv': lines([names, ...bytes]),
      'mnist_test.csv': lines([names, bytes[0]!]),
    });
    expect([dataset.train.count, [...dataset.test!.images], dataset.test!.labels![0]]).toEqual([
      3,
      [0, 50, 100, 255],
      3,
    ]);
  });

  it.each([
    [
      'a number that is missing',
      '1,2,3,nan\n1,2,3,4',
      'E_FORMAT',
      'line 1, column 4: expected a finite number, got "nan"',
    ],
    [
      'a row of another length',
      '1,2,3,4\n1,2,3',
      'E_FORMAT',
      'line 2: expected 4 cells as in the first row, got 3',
    ],
    ['a word among numbers', '1,2,3,4\n1,2,x3,4', 'E_FORMAT', 'line 2, column 3'],
    ['numbers that are no pixels', '1,2,3,-4\n1,2,3,4', 'E_RANGE', 'got numbers from -4 to 4'],
    ['rows that make no square', '1,2,3\n4,5,6', 'E_SHAPE', 'rows of 3 numbers, which make no square'],
  ])('with %s are refused', async (_, content, code, message) => {
    expect(await errorOf({ 'x.csv': text(content) })).toMatchObject({
      code,
      message: expect.stringMatching(new RegExp(`^x\\.csv: .*${message}`)),
    });
  });
});
