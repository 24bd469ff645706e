/** A module of one function that splats a byte over a vector: valid where WebAssembly knows SIMD (its specification, version 2.0). */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0], // magic, version
  ...[1, 5, 1, 96, 0, 1, 123], // a type: () -> v128
  ...[3, 2, 1, 0], // a function of it
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11], // i32.const 0, i8x16.splat, i8x16.popcnt
);

/** Why nothing can be trained in this browser; undefined where it can. */
export function whyNothingTrains(
  validate: ((bytes: BufferSource) => boolean) | undefined = globalThis.WebAssembly?.validate,
): string | undefined {
  if (validate?.(SIMD)) return undefined;
  return 'This browser cannot run WebAssembly SIMD, which training needs: all browsers since 2023 can. Open the lab in a newer one.';
}
