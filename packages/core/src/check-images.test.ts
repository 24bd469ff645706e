import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { checkExamples, checkLayout } from './check-images.ts';

const shape = { height: 1, width: 2, channels: 1 };
const square = { height: 2, width: 2, channels: 1 };
const refusal = (code: string, ...parts: string[]) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(
      new RegExp(parts.map((part) => part.replace(/[()[\]{}.+*]/g, '\\$&')).join('.*'), 's'),
    ),
  });
const floats = (...values: number[]) => ({ shape: square, count: 1, images: Float32Array.from(values) });

describe('checkExamples', () => {
  it('lets bytes, floats from 0 to 1 and sources pass', () => {
    checkExamples('here', { shape, count: 2, images: Uint8Array.of(0, 9, 200, 255) });
    checkExamples('here', floats(0, 1, 0.5, 1e-30));
    checkExamples('here', { shape, count: 2 ** 40, read: () => Promise.reject(new Error('not asked')) });
  });

  it.each<[string, unknown, string, string[]]>([
    ['nothing', undefined, 'E_USAGE', ['here: expected images as { shape, count, images }, got Undefined']],
    ['a bare array', new Float32Array(4), 'E_USAGE', ['got Float32Array', 'fromArrays']],
    ['no shape', { ...floats(0), shape: undefined }, 'E_SHAPE', ['got undefined, undefined, undefined']],
    ['half a pixel', { ...floats(0), shape: { ...shape, width: 1.5 } }, 'E_SHAPE', ['got 1, 1.5, 1']],
    ['no images', { shape, count: 0, images: new Float32Array() }, 'E_RANGE', ['got 0']],
    ['half an image', { shape, count: 1.5, images: new Float32Array(3) }, 'E_RANGE', ['got 1.5']],
    [
      'an image too few',
      { shape, count: 3, images: new Float32Array(4) },
      'E_SHAPE',
      ['3 images of 1 x 2 x 1 are 6 numbers, got 4'],
    ],
    [
      'doubles',
      { shape, count: 1, images: new Float64Array(2) },
      'E_USAGE',
      ['got Float64Array', 'Float32Array.from'],
    ],
    ['an ArrayBuffer', { shape, count: 1, images: new ArrayBuffer(2) }, 'E_USAGE', ['got ArrayBuffer']],
    ['neither images nor read', { shape, count: 1 }, 'E_USAGE', ['neither images nor a read(indices)']],
    ['a list of labels', { ...floats(0, 0, 0, 0), labels: [1] }, 'E_USAGE', ['got Array']],
    [
      'labels too few',
      { ...floats(0, 0, 0, 0), labels: new Uint8Array() },
      'E_SHAPE',
      ['each of 1 images, got 0'],
    ],
    [
      'factors too few',
      { ...floats(0, 0, 0, 0), factors: { names: ['a', 'b'], sizes: [2, 0], values: new Float32Array(1) } },
      'E_SHAPE',
      ['expected 2 factors for each of 1, got 1 numbers'],
    ],
    ['NaN', floats(0, 0, Number.NaN, 0), 'E_NOT_FINITE', ['NaN at index 2 (image 0, row 1, column 0)']],
  ])('refuses %s', (_, set, code, parts) => {
    expect(() => checkExamples('here', set as never)).toThrow(refusal(code, ...parts));
  });

  it.each<[string, number[], string]>([
    ['bytes as floats', [0, 12, 255, 3], 'Divide by 255, or pass the bytes'],
    ['resized bytes', [0, 12.5, 254.3, 3.2], 'Divide by 255, or pass the bytes'],
    ['pixels from -1 to 1', [-1, 0.5, 0.2, 1], 'that is (x + 1) / 2'],
    ['rounding', [0, 1.0000001, 0.5, 0], 'clip them'],
    [
      'standardised numbers',
      [-2.5, 0.3, 1.7, 0],
      'They go from -2.5 to 1.7: scale them to [0, 1], or let a likelihood',
    ],
    ['small measures', [0.5, 12.25, 3.5, 7], 'They go from 0.5 to 12.25'],
    ['sixteen bits', [0, 300, 65_535, 2], 'They go from 0 to 65540'],
  ])('gives the true reason for %s', (_, values, fix) => {
    expect(() => checkExamples('here', floats(...values))).toThrow(
      refusal('E_RANGE', 'within [0, 1], got', fix),
    );
  });

  it('never takes the columns of a table for pixels', () => {
    const table = { shape, count: 2, images: Float32Array.of(1, 200, 3, 0) };
    expect(() => checkExamples('here', table)).toThrow(refusal('E_RANGE', 'They go from 0 to 200'));
  });

  it('takes any finite numbers where a likelihood does', () => {
    const most = Math.fround(3.4028234663852886e38);
    checkExamples('here', floats(-most, most, 255, -0.47), { anyData: true });
    expect(() => checkExamples('here', floats(0, Infinity, 0, 0), { anyData: true })).toThrow(
      refusal('E_NOT_FINITE', 'Infinity at index 1'),
    );
  });
});

it('checkLayout does not look at the numbers', () => {
  checkLayout('here', floats(-1, Number.NaN, 300, 4));
});

it('arrays of another frame are not called what they were asked to be', () => {
  const images = runInNewContext('new Uint8Array(2)') as Uint8Array;
  const copy = 'got one of another frame or context (new Uint8Array(...) copies it)';
  expect(() => checkExamples('here', { shape, count: 1, images })).toThrow(refusal('E_USAGE', copy));
  const set = { shape, count: 2, images: new Uint8Array(4), labels: images };
  expect(() => checkExamples('here', set)).toThrow(refusal('E_USAGE', 'labels of', copy));
  checkExamples('here', { shape, count: 1, images: new Uint8Array(images) });
});
