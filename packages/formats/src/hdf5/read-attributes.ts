import { LatentkitError, sizeOfShape } from '@latentkit/core';
import { MAX_TEXT_BYTES } from '../limits.ts';
import { beyond, damaged, decodeName, type Hdf5Bytes } from './hdf5-bytes.ts';
import type { Message } from './read-header.ts';
import { readSpace, readType } from './read-type.ts';

const [ATTRIBUTE, ATTRIBUTE_INFO] = [0x0c, 0x15];
const POINTER_BYTES = 16;

/**
 * An attribute that holds texts: one where it is a single one, several where it is a list.
 *
 * @returns undefined where there is none of that name, or it holds something else.
 */
export function readTexts(
  bytes: Hdf5Bytes,
  messages: readonly Message[],
  wanted: string,
): readonly string[] | undefined {
  for (const message of messages) {
    if (message.type === ATTRIBUTE_INFO) checkNoHeap(bytes, message);
    if (message.type !== ATTRIBUTE) continue;
    const { name, type, space, data } = readAttribute(bytes, message);
    if (name !== wanted) continue;
    const what = readType(bytes, type);
    const count = sizeOfShape(readSpace(bytes, space) ?? [0]);
    if (what.kind === 'text') {
      return readAll(count, (i) => bytes.slice(data + what.bytes * i, what.bytes));
    }
    if (what.kind === 'longText') return readAll(count, (i) => readLong(bytes, data + POINTER_BYTES * i));
  }
  return undefined;
}

/** The same text may be pointed at any number of times. */
function readAll(count: number, read: (index: number) => Uint8Array): string[] {
  const texts: string[] = [];
  let length = 0;
  for (let i = 0; i < count; i++) {
    const text = read(i);
    length += text.length;
    if (length > MAX_TEXT_BYTES) {
      throw new LatentkitError('E_LIMIT', `parseHdf5: an attribute claims more than ${MAX_TEXT_BYTES} bytes`);
    }
    const end = text.indexOf(0); // shorter ones are filled up with zeros
    texts.push(decodeName(end < 0 ? text : text.subarray(0, end)));
  }
  return texts;
}

function readAttribute(bytes: Hdf5Bytes, { at }: Message) {
  const version = bytes.whole(at, 1);
  if (version < 1 || version > 3) throw damaged(`an attribute is of version ${version}`);
  const [nameBytes, typeBytes, spaceBytes] = [2, 4, 6].map((offset) => bytes.whole(at + offset, 2)) as [
    number,
    number,
    number,
  ];
  const padded = (size: number) => (version === 1 ? Math.ceil(size / 8) * 8 : size);
  const first = at + (version === 3 ? 9 : 8);
  const type = first + padded(nameBytes);
  const space = type + padded(typeBytes);
  return { name: bytes.name(first), type, space, data: space + padded(spaceBytes) };
}

function checkNoHeap(bytes: Hdf5Bytes, { at }: Message): void {
  const numbered = bytes.whole(at + 1, 1) & 1 ? 2 : 0;
  if (bytes.address(at + 2 + numbered) === undefined) return;
  throw beyond('an object keeps its attributes in a heap, which is not read');
}

/** A text in the file's heap of texts: its length, where the collection lies, its number there. */
function readLong(bytes: Hdf5Bytes, at: number): Uint8Array {
  const [length, collection, number] = [bytes.whole(at, 4), bytes.whole(at + 4, 8), bytes.whole(at + 12, 4)];
  if (length === 0) return new Uint8Array(0);
  bytes.expect(collection, 'GCOL');
  const end = collection + bytes.whole(collection + 8, 8);
  for (let entry = collection + 16; entry + 16 <= end; ) {
    const [index, size] = [bytes.whole(entry, 2), bytes.whole(entry + 8, 8)];
    if (index === number && index !== 0) {
      if (length > size) throw damaged('a text is cut off');
      return bytes.slice(entry + 16, length);
    }
    if (index === 0) break; // what is left of it is free
    entry += 16 + Math.ceil(size / 8) * 8;
  }
  throw damaged('a text is not where it is said to be');
}
