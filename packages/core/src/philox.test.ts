import { describe, expect, it } from 'vitest';
import { philox4x32 } from './philox.ts';

/** Random123 1.14, tests/kat_vectors: philox4x32 10 rounds; counter, key, expected. */
const KNOWN_ANSWERS = [
  ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
] as const;

const words = (text: string) => text.split(' ').map((word) => Number.parseInt(word, 16));

describe('philox4x32', () => {
  it.each(KNOWN_ANSWERS)("gives Random123's answer for counter %s", (counter, key, expected) => {
    const out = new Uint32Array(5);
    const [c0, c1, c2, c3] = words(counter) as [number, number, number, number];
    const [k0, k1] = words(key) as [number, number];
    philox4x32(k0, k1, c0, c1, c2, c3, out, 1);
    expect([...out.subarray(1)]).toEqual(words(expected));
  });
});
