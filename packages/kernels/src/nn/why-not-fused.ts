// (module (func (export "f") (param f32 f32 f32) (result f32)
//   (f32x4.extract_lane 0 (f32x4.relaxed_madd (f32x4.splat x) (f32x4.splat y) (f32x4.splat sum)))))
const PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7d, 0x7d, 0x7d, 0x01, 0x7d], // types: (f32, f32, f32) -> f32
  ...[0x03, 0x02, 0x01, 0x00], // functions: one of that type
  ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00], // exports: "f"
  ...[0x0a, 0x16, 0x01, 0x14, 0x00], // code: one body of 20 bytes without locals
  ...[0x20, 0x00, 0xfd, 0x13, 0x20, 0x01, 0xfd, 0x13, 0x20, 0x02, 0xfd, 0x13], // f32x4.splat of each
  ...[0xfd, 0x85, 0x02, 0xfd, 0x1f, 0x00, 0x0b], // f32x4.relaxed_madd, f32x4.extract_lane 0, end
);

// (1 + e)^2 - (1 + 2e) = e^2, where e^2 is half of the last place of 1 + 2e: a product that is rounded first loses it.
const E = 2 ** -12;

/**
 * Why the kernels of `fused` cannot run here, in words that follow "arithmetic 'fused':"; nothing where they can.
 *
 * They need relaxed SIMD, of an engine and a processor that round `x y + sum` once: then they have the same bits on all such machines. An
 * engine without a fused instruction may round twice, which is found by asking it for `(1 + 2^-12)^2 - (1 + 2^-11)`: 2^-24, or 0.
 *
 * @example
 * const obstacle = whyNotFused();
 * if (obstacle) console.log(`strict, as ${obstacle}`);
 */
export function whyNotFused(): string | undefined {
  if (!WebAssembly.validate(PROBE)) return 'this engine has no relaxed SIMD';
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(PROBE)).exports as {
    f: (x: number, y: number, sum: number) => number;
  };
  if (f(1 + E, 1 + E, -(1 + 2 * E)) !== E * E) {
    return 'this engine or processor rounds a product before it is added';
  }
  return undefined;
}
