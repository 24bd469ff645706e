import { expect, it } from 'vitest';
import { whyNothingTrains } from './obstacles.ts';

it('has nothing against a browser with WebAssembly SIMD, as this program is', () => {
  expect(whyNothingTrains()).toBeUndefined();
  expect(whyNothingTrains((bytes) => WebAssembly.validate(bytes))).toBeUndefined();
});

it('says what is missing where vectors are no part of WebAssembly, and where there is none', () => {
  const old = (bytes: BufferSource) => !(bytes as Uint8Array).includes(123) && WebAssembly.validate(bytes);
  expect(whyNothingTrains(old)).toContain('cannot run WebAssembly SIMD');
});
