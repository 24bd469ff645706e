import { readFileSync } from 'node:fs';
import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv/parse-csv.ts';
import { encodeHdf5 } from './hdf5/encode-hdf5.ts';
import { type Hdf5ParsedGroup, isGroup, parseHdf5 } from './hdf5/parse-hdf5.ts';
import { encodeIdx } from './idx/encode-idx.ts';
import { parseIdx } from './idx/parse-idx.ts';
import { encodeNpy } from './npy/encode-npy.ts';
import { parseNpy } from './npy/parse-npy.ts';
import { encodeSafetensors } from './safetensors/encode-safetensors.ts';
import { parseSafetensors } from './safetensors/parse-safetensors.ts';

const ROUNDS = 2000;
const array = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
/** Every array of it. */
const readHdf5 = (group: Hdf5ParsedGroup): unknown =>
  [...group.members.values()].map((one) => (isGroup(one) ? readHdf5(one) : [one.read(), one.texts('a')]));
const parsers: [string, (bytes: Uint8Array) => unknown, Uint8Array][] = [
  ['parseIdx', parseIdx, encodeIdx(array)],
  ['parseNpy', parseNpy, encodeNpy(array)],
  ['parseSafetensors', parseSafetensors, encodeSafetensors({ a: array, b: array }, { k: 'v' })],
  ['parseHdf5', (bytes) => readHdf5(parseHdf5(bytes)), encodeHdf5({ a: { b: array }, c: array })],
  [
    'parseHdf5 of the older layout',
    (bytes) => readHdf5(parseHdf5(bytes)),
    readFileSync(`${import.meta.dirname}/../fixtures/circle.h5`),
  ],
  [
    'parseCsv',
    (bytes) => parseCsv(new TextDecoder('latin1').decode(bytes)),
    new TextEncoder().encode('"a",b\n1,2.5\n-3e2,4\n'),
  ],
];

describe.each(parsers)('%s', (_, parse, valid) => {
  const survives = (bytes: Uint8Array) => {
    try {
      parse(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(LatentkitError);
    }
  };

  it('throws nothing but LatentkitError on random bytes', () => {
    const random = createRandom({ seed: 1, stream: Stream.sample });
    for (let round = 0; round < ROUNDS; round++) {
      survives(Uint8Array.from({ length: random.integer(80) }, () => random.integer(256)));
    }
  });

  it('throws nothing but LatentkitError on a valid file with bytes changed, or cut off', () => {
    const random = createRandom({ seed: 2, stream: Stream.sample });
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = valid.slice(0, random.integer(4) === 0 ? random.integer(valid.length) : valid.length);
      for (let n = random.integer(4); n >= 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
      survives(bytes);
    }
  });
});
