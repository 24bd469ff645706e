import { beyond, damaged, type Hdf5Bytes } from './hdf5-bytes.ts';

/** A message of an object's header: what it is about, and where its content lies. */
export interface Message {
  readonly type: number;
  readonly at: number;
  readonly length: number;
}

const CONTINUATION = 0x10;
const SHARED = 2;
const [CHECKSUM_BYTES, SIGNATURE_BYTES] = [4, 4];

/** The messages of an object's header, of both versions that there are, its continuations included. */
export function readHeader(bytes: Hdf5Bytes, at: number): Message[] {
  const isNew = String.fromCharCode(...bytes.slice(at, SIGNATURE_BYTES)) === 'OHDR';
  const { flags, start, length } = isNew ? newPrefix(bytes, at) : oldPrefix(bytes, at);
  const messages: Message[] = [];
  const blocks = [{ start, length }];
  for (const block of blocks) {
    const end = block.start + block.length;
    bytes.slice(block.start, block.length);
    for (let from = block.start; end - from >= (isNew ? 4 : 8); ) {
      bytes.count();
      const message = isNew ? newMessage(bytes, from, flags) : oldMessage(bytes, from);
      from = message.at + message.length;
      if (from > end) throw damaged('a message is longer than its header');
      if (message.type === CONTINUATION) {
        const [where, size] = [bytes.whole(message.at, 8), bytes.whole(message.at + 8, 8)];
        if (isNew) bytes.expect(where, 'OCHK');
        const around = isNew ? SIGNATURE_BYTES : 0;
        blocks.push({ start: where + around, length: size - around - (isNew ? CHECKSUM_BYTES : 0) });
      } else messages.push(message);
    }
  }
  return messages;
}

function oldPrefix(bytes: Hdf5Bytes, at: number) {
  const version = bytes.whole(at, 1);
  if (version !== 1) throw damaged(`a header is of version ${version}`);
  return { flags: 0, start: at + 16, length: bytes.whole(at + 8, 4) };
}

function oldMessage(bytes: Hdf5Bytes, at: number): Message {
  return checked(bytes, { type: bytes.whole(at, 2), at: at + 8, length: bytes.whole(at + 2, 2) }, at + 4);
}

function newPrefix(bytes: Hdf5Bytes, at: number) {
  const version = bytes.whole(at + 4, 1);
  if (version !== 2) throw damaged(`a header is of version ${version}`);
  const flags = bytes.whole(at + 5, 1);
  const times = flags & 0x20 ? 16 : 0;
  const limits = flags & 0x10 ? 4 : 0;
  const width = 2 ** (flags & 3);
  const place = at + 6 + times + limits;
  return { flags, start: place + width, length: bytes.whole(place, width) };
}

function newMessage(bytes: Hdf5Bytes, at: number, flags: number): Message {
  const order = flags & 4 ? 2 : 0;
  return checked(
    bytes,
    { type: bytes.whole(at, 1), at: at + 4 + order, length: bytes.whole(at + 1, 2) },
    at + 3,
  );
}

function checked(bytes: Hdf5Bytes, message: Message, flagsAt: number): Message {
  if (bytes.whole(flagsAt, 1) & SHARED) throw beyond('a type is shared between arrays, which is not read');
  return message;
}
