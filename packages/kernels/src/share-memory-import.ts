const HEADER_BYTES = 8;
const IMPORT_SECTION = 2;
/** Limits of a shared memory: it has a maximum, 65536 pages (LEB128), so that any memory fits. */
const SHARED = 3;
const MAXIMUM = [0x80, 0x80, 0x04];

/**
 * A module that imports a memory of its own, made to import one that threads share: WebAssembly wants to know which.
 *
 * @param binary a module whose only import is a memory without a maximum, as `scripts/build-wasm.js` makes them.
 */
export function shareMemoryImport(binary: Uint8Array): Uint8Array<ArrayBuffer> {
  const at = sectionAt(binary, IMPORT_SECTION);
  const { value: size, next } = leb128At(binary, at + 1);
  const end = next + size;
  // The section ends with the memory's limits: flags, then the least number of pages.
  let limits = end - 1;
  while (limits > next && binary[limits - 1]! & 0x80) limits--;
  limits--;
  const body = [...binary.subarray(next, limits), SHARED, ...binary.subarray(limits + 1, end), ...MAXIMUM];
  return Uint8Array.from([
    ...binary.subarray(0, at + 1),
    ...toLeb128(body.length),
    ...body,
    ...binary.subarray(end),
  ]);
}

/** Where a section begins. */
function sectionAt(binary: Uint8Array, id: number): number {
  let at = HEADER_BYTES;
  while (binary[at] !== id) {
    const { value, next } = leb128At(binary, at + 1);
    at = next + value;
  }
  return at;
}

function leb128At(binary: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = binary[at++]!;
    value |= (byte & 127) << shift;
    if (byte < 128) return { value, next: at };
  }
}

function toLeb128(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...toLeb128(value >> 7)];
}
