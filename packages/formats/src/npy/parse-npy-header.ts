import { LatentkitError, shorten } from '@latentkit/core';

export interface NpyHeader {
  descr: string;
  fortranOrder: boolean;
  shape: number[];
}

const TOKEN = /\s*(?:'([^'\\]*)'|"([^"\\]*)"|(\d+)L?|(True|False)|([{}(),:]))/y;

/** Reads the one Python literal that NPY headers are: a dict with the keys descr, fortran_order and shape. */
export function parseNpyHeader(text: string): NpyHeader {
  let position = 0;
  const fail = (expected: string): never => {
    throw new LatentkitError(
      'E_FORMAT',
      `parseNpy: expected ${expected} at character ${position} of the header, got ${JSON.stringify(text.slice(position, position + 40))}`,
    );
  };
  const next = (): { string?: string; number?: number; word?: string } => {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null) return {};
    position = TOKEN.lastIndex;
    if (match[3] !== undefined) return { number: Number(match[3]) };
    return { string: match[1] ?? match[2], word: match[4] ?? match[5] };
  };
  const take = (word: string): boolean => {
    const before = position;
    if (next().word === word) return true;
    position = before;
    return false;
  };
  const expect = (word: string): void => {
    if (!take(word)) fail(`'${word}'`);
  };
  const readString = (): string => {
    const before = position;
    const { string } = next();
    if (string !== undefined) return string;
    position = before;
    return fail('a string (arrays of records are not supported)');
  };
  const readShape = (): number[] => {
    const sizes: number[] = [];
    expect('(');
    while (!take(')')) {
      const before = position;
      const { number } = next();
      if (number === undefined) {
        position = before;
        fail('a whole number');
      } else sizes.push(number);
      if (!take(',')) {
        if (sizes.length === 1) fail("',' (a tuple of one)");
        expect(')');
        break;
      }
    }
    return sizes;
  };

  let [descr, fortranOrder, shape]: [string?, boolean?, number[]?] = [];
  expect('{');
  while (!take('}')) {
    const key = readString();
    expect(':');
    if (key === 'descr' && descr === undefined) descr = readString();
    else if (key === 'shape' && shape === undefined) shape = readShape();
    else if (key === 'fortran_order' && fortranOrder === undefined) {
      fortranOrder = take('True');
      if (!fortranOrder) expect('False');
    } else fail(`the keys 'descr', 'fortran_order' and 'shape', once each, not '${shorten(key)}',`);
    if (!take(',')) {
      expect('}');
      break;
    }
  }
  if (text.slice(position).trim() !== '') fail('nothing but spaces');
  if (descr === undefined || fortranOrder === undefined || shape === undefined) {
    return fail("the keys 'descr', 'fortran_order' and 'shape', all three,");
  }
  return { descr, fortranOrder, shape };
}
