/** A field of a message: a whole number, 32 or 64 bits as they lie there, or bytes (of a text, of a message). */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

const [VARINT, FIXED64, LENGTH, FIXED32] = [0, 1, 2, 5];
const MOST_SHIFT = 63n;

/**
 * A message's fields in their order, with views into the bytes. Whole numbers beyond 2^53 either way are refused.
 *
 * @throws `RangeError` where the bytes are no message; whoever reads a file says which.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function* readProtobuf(bytes: Uint8Array): Generator<ProtobufField> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined || shift > MOST_SHIFT) throw new RangeError('a number is cut off');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
  };
  const safe = (value: bigint): number => {
    const signed = Number(BigInt.asIntN(64, value));
    if (!Number.isSafeInteger(signed)) throw new RangeError('a number is beyond 2^53');
    return signed;
  };
  const take = (length: number): Uint8Array => {
    if (length < 0 || at + length > bytes.length) throw new RangeError('a field is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = safe(varint());
    const number = Math.floor(key / 8);
    if (number < 1) throw new RangeError('a field has no number');
    switch (key % 8) {
      case VARINT:
        yield { number, value: safe(varint()) };
        break;
      case FIXED64:
        yield { number, value: take(8) };
        break;
      case LENGTH:
        yield { number, value: take(safe(varint())) };
        break;
      case FIXED32:
        yield { number, value: take(4) };
        break;
      default:
        throw new RangeError('a field is of no kind');
    }
  }
}
