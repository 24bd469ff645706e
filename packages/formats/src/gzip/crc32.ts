let table: Uint32Array | undefined;

/**
 * The checksum CRC-32 of bytes, as gzip, ZIP and PNG have it.
 *
 * @param before what the bytes before these came to; none by default.
 * @see RFC 1952, section 8
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
    return value;
  });
  let value = ~before;
  for (let i = 0; i < bytes.length; i++) value = (value >>> 8) ^ table[(value ^ bytes[i]!) & 255]!;
  return (value ^ 0xffffffff) >>> 0;
}
