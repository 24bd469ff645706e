/** A message's fields, written in the order of the calls. Fields with the default value are the caller's to leave out. */
export interface ProtobufWriter {
  /** A whole number, exact up to 2^53 either way. */
  integer(field: number, value: number): ProtobufWriter;
  double(field: number, value: number): ProtobufWriter;
  float(field: number, value: number): ProtobufWriter;
  bytes(field: number, value: Uint8Array): ProtobufWriter;
  text(field: number, value: string): ProtobufWriter;
  message(field: number, value: ProtobufWriter): ProtobufWriter;
  finish(): Uint8Array;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** Concatenates. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/**
 * Writes a message in protobuf's wire format.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function createProtobufWriter(): ProtobufWriter {
  const parts: Uint8Array[] = [];
  const field = (number: number, type: number, ...content: Uint8Array[]) => {
    parts.push(varint(BigInt((number << 3) | type)), ...content);
    return writer;
  };
  const writer: ProtobufWriter = {
    integer: (number, value) => field(number, VARINT, varint(BigInt.asUintN(64, BigInt(value)))),
    double: (number, value) => field(number, FIXED64, new Uint8Array(Float64Array.of(value).buffer)),
    float: (number, value) => field(number, FIXED32, new Uint8Array(Float32Array.of(value).buffer)),
    bytes: (number, value) => field(number, LENGTH, varint(BigInt(value.length)), value),
    text: (number, value) => writer.bytes(number, new TextEncoder().encode(value)),
    message: (number, value) => writer.bytes(number, value.finish()),
    finish: () => joinBytes(parts),
  };
  return writer;
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
