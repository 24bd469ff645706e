/**
 * What a snappy block unpacks to.
 *
 * @param length that it is said to have.
 * @throws `Error` for a block that is damaged, or of another length: no step of it is taken twice, and none writes beyond the end.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function unpackSnappy(input: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  let at = 0;
  let end = 0;
  const read = (count: number): number => {
    if (at + count > input.length) throw new Error('a snappy block is cut off');
    let value = 0;
    for (let i = 0; i < count; i++) value += input[at++]! * 2 ** (8 * i);
    return value;
  };
  while (read(1) > 127); // the length, which the page says as well
  while (at < input.length) {
    const tag = read(1);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const count = 1 + (short < 60 ? short : read(short - 59));
      if (count > input.length - at || count > length - end) throw new Error('a snappy literal is too long');
      output.set(input.subarray(at, at + count), end);
      at += count;
      end += count;
      continue;
    }
    const count = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const offset = kind === 1 ? ((tag >> 5) << 8) + read(1) : read(kind === 2 ? 2 : 4);
    if (offset === 0 || offset > end || count > length - end) throw new Error('a snappy copy lies outside');
    for (const stop = end + count; end < stop; end++) output[end] = output[end - offset]!; // may overlap
  }
  if (end !== length) throw new Error(`a snappy block unpacks to ${end} bytes, expected ${length}`);
  return output;
}
