/** What of a page says how much work it makes. */
export interface PageHeader {
  readonly type: 'data' | 'dictionary' | 'data v2' | 'other';
  /** The bytes behind the header, and what they unpack to. */
  readonly packed: number;
  readonly unpacked: number;
  readonly values: number;
  /** As the format numbers them: 0 is PLAIN. */
  readonly encoding: number;
  /** Of a data page of version 2, whose levels lie before what is packed. */
  readonly levelBytes: { readonly repetition: number; readonly definition: number };
  readonly isPacked: boolean;
}

type Struct = Map<number, number | boolean | Struct>;

const TYPES = ['data', 'other', 'dictionary', 'data v2'] as const;

/** A place in bytes, moved on by whoever reads there. */
export interface Cursor {
  readonly view: DataView;
  offset: number;
}

/**
 * The header of a page at a cursor, which stands behind it then.
 *
 * @throws `RangeError` where it is cut off, `Error` for what is no header.
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function readPageHeader(cursor: Cursor): PageHeader {
  const header = readStruct(cursor);
  const type = TYPES[Number(header.get(1))] ?? 'other';
  const part = header.get({ data: 5, other: 6, dictionary: 7, 'data v2': 8 }[type]);
  const detail: Struct = part instanceof Map ? part : new Map();
  const isSecond = type === 'data v2';
  return {
    type,
    ...{ unpacked: Number(header.get(2)), packed: Number(header.get(3)) },
    values: Number(detail.get(1)),
    encoding: Number(detail.get(isSecond ? 4 : 2)),
    levelBytes: {
      definition: isSecond ? Number(detail.get(5)) : 0,
      repetition: isSecond ? Number(detail.get(6)) : 0,
    },
    isPacked: detail.get(7) !== false,
  };
}

function readStruct(cursor: Cursor): Struct {
  const fields: Struct = new Map();
  for (let id = 0; ; ) {
    const byte = readByte(cursor);
    if (byte === 0) return fields;
    id = byte >> 4 === 0 ? readSigned(cursor) : id + (byte >> 4);
    const value = readValue(cursor, byte & 15);
    if (value !== undefined) fields.set(id, value);
  }
}

/** Numbers, truth values and records; the rest is stepped over. */
function readValue(cursor: Cursor, type: number): number | boolean | Struct | undefined {
  if (type === 1 || type === 2) return type === 1;
  if (type === 3) return readByte(cursor);
  if (type >= 4 && type <= 6) return readSigned(cursor);
  if (type === 12) return readStruct(cursor);
  if (type === 7) cursor.offset += 8;
  else if (type === 8) {
    const length = readVarint(cursor);
    cursor.offset += length;
  } else if (type === 9) {
    const byte = readByte(cursor);
    const count = byte >> 4 === 15 ? readVarint(cursor) : byte >> 4;
    // A truth value in a list is a byte.
    for (let i = 0; i < count; i++) readValue(cursor, (byte & 15) <= 2 ? 3 : byte & 15);
  } else throw new Error(`its page header holds a value of kind ${type}`);
  return undefined;
}

/** As a 32-bit number of either sign: what is larger is cut off, as its reader does. */
function readSigned(cursor: Cursor): number {
  const value = readVarint(cursor);
  return (value >>> 1) ^ -(value & 1);
}

export function readVarint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = readByte(cursor);
    value |= (byte & 127) << shift;
    if (byte < 128) return value >>> 0;
  }
}

function readByte(cursor: Cursor): number {
  return cursor.view.getUint8(cursor.offset++);
}
