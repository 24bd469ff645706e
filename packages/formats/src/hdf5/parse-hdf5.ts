import { LatentkitError, type NdArray, shorten, sizeOfShape } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import type { NumberArray } from '../arrays/number-array.ts';
import { readNumbers, storedBytes } from '../arrays/stored-numbers.ts';
import { MAX_HDF5_OBJECTS } from '../limits.ts';
import { beyond, damaged, type Hdf5Bytes, hdf5Bytes } from './hdf5-bytes.ts';
import { readTexts } from './read-attributes.ts';
import { type Message, readHeader } from './read-header.ts';
import { readLinks } from './read-links.ts';
import { readSpace, readType } from './read-type.ts';

export interface ParseHdf5Options {
  /** Most groups and arrays. */
  maxObjects?: number;
}

interface Hdf5Object {
  /**
   * The texts of an attribute, one or several; undefined where there is none of that name, or it holds no texts.
   *
   * @throws `E_FORMAT` where it is damaged.
   */
  texts(name: string): readonly string[] | undefined;
}

/** A group of a file: what it holds, by name, in the order of the file. */
export interface Hdf5ParsedGroup extends Hdf5Object {
  readonly members: ReadonlyMap<string, Hdf5ParsedGroup | Hdf5ParsedArray>;
}

/** An array of a file, its numbers read when they are asked for. */
export interface Hdf5ParsedArray extends Hdf5Object {
  readonly shape: readonly number[];
  /**
   * float16 comes as float32, 64-bit whole numbers as float64.
   *
   * @throws `E_FORMAT` where it is packed, in pieces, cut off, or holds no numbers.
   */
  read(): NdArray<NumberArray<ArrayBuffer>>;
}

const RULES: OptionRules<ParseHdf5Options> = { maxObjects: whole(1) };
const SIGNATURE = '\x89HDF\r\n\x1a\n';
const [SPACE, TYPE, LAYOUT] = [0x01, 0x03, 0x08];
const [COMPACT, CONTIGUOUS] = [0, 1];
/** How deep groups may lie in each other: Keras comes to 6. */
const MOST_DEPTH = 32;
/** Links and messages that an object has on the average, at most; an honest one has about five. */
const PIECES = 20;

/**
 * The groups and arrays of an HDF5 file as h5py and Keras write it: of any version, arrays in one piece and not packed. Links to
 * other files are not followed.
 *
 * @throws `E_FORMAT` for what is no HDF5 file, one that is damaged, or what lies beyond that, by its name; `E_LIMIT` for more objects
 * than `maxObjects`.
 * @example
 * const { members } = parseHdf5(await readFile('vae.weights.h5'));
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 */
export function parseHdf5(
  file: Uint8Array | ArrayBufferLike,
  options: ParseHdf5Options = {},
): Hdf5ParsedGroup {
  checkOptions('parseHdf5', options, RULES);
  const { maxObjects = MAX_HDF5_OBJECTS } = options;
  const raw = asBytes('parseHdf5', file);
  // No piece is smaller than a byte: a small file that is described in many leads in circles.
  const bytes = hdf5Bytes(raw, Math.min(PIECES * maxObjects, raw.length));
  let objects = 0;
  const readObject = (at: number, path: readonly string[]): Hdf5ParsedGroup | Hdf5ParsedArray => {
    if (++objects > maxObjects) {
      throw new LatentkitError('E_LIMIT', `parseHdf5: expected at most ${maxObjects} groups and arrays`, {
        fix: 'A program that trusts the file may raise maxObjects',
      });
    }
    if (path.length > MOST_DEPTH) throw damaged(`groups lie in each other ${MOST_DEPTH} deep and more`);
    const messages = readHeader(bytes, at);
    const texts = (name: string) => readTexts(bytes, messages, name);
    const links = readLinks(bytes, messages);
    if (!links) return { texts, ...arrayOf(raw, bytes, { messages, name: path.join('/') }) };
    const members = new Map<string, Hdf5ParsedGroup | Hdf5ParsedArray>();
    for (const link of links) {
      if (members.has(link.name)) throw damaged(`'${shorten(link.name)}' is there twice`);
      members.set(link.name, readObject(link.at, [...path, link.name]));
    }
    return { texts, members };
  };
  const root = readObject(rootOf(bytes), []);
  if (isGroup(root)) return root;
  throw damaged('it holds no group');
}

/** Whether a member is a group. */
export function isGroup(object: Hdf5ParsedGroup | Hdf5ParsedArray): object is Hdf5ParsedGroup {
  return 'members' in object;
}

/** Where the first group's header lies. */
function rootOf(bytes: Hdf5Bytes): number {
  const isOne =
    bytes.length > SIGNATURE.length && String.fromCharCode(...bytes.slice(0, SIGNATURE.length)) === SIGNATURE;
  if (!isOne) {
    throw new LatentkitError(
      'E_FORMAT',
      'parseHdf5: expected an HDF5 file, got one that does not begin as such',
    );
  }
  const version = bytes.whole(8, 1);
  const isOld = version < 2;
  if (version > 3) throw beyond(`the file is of version ${version}, 3 is read at most`);
  const widths = isOld ? 13 : 9;
  if (bytes.whole(widths, 1) !== 8 || bytes.whole(widths + 1, 1) !== 8) {
    throw beyond('addresses of another width than 8 bytes are not read');
  }
  if (!isOld) return bytes.whole(36, 8);
  const entry = version === 0 ? 56 : 60;
  return bytes.whole(entry + 8, 8);
}

function arrayOf(
  raw: Uint8Array,
  bytes: Hdf5Bytes,
  { messages, name }: { messages: readonly Message[]; name: string },
): Pick<Hdf5ParsedArray, 'shape' | 'read'> {
  const find = (wanted: number) => {
    const message = messages.find(({ type }) => type === wanted);
    if (message) return message.at;
    throw damaged(`'${shorten(name)}' is neither a group nor an array`);
  };
  const shape = readSpace(bytes, find(SPACE)) ?? [0];
  const [typeAt, layoutAt] = [find(TYPE), find(LAYOUT)];
  return {
    shape,
    read() {
      const type = readType(bytes, typeAt);
      const where = `parseHdf5: '${shorten(name)}'`;
      if (type.kind !== 'number') {
        const words = type.kind === 'other' ? `numbers ${type.words}` : 'text';
        throw beyond(`'${shorten(name)}' holds ${words}, expected ordinary numbers`);
      }
      const count = sizeOfShape(shape);
      const { offset, length } = placeOf(bytes, layoutAt, name);
      if (count > 0 && length < count * storedBytes(type.type)) {
        throw damaged(`'${shorten(name)}' has ${length} bytes for ${count} numbers`);
      }
      return { shape, data: readNumbers(where, raw, { ...type, offset, count }) };
    },
  };
}

function placeOf(bytes: Hdf5Bytes, at: number, name: string): { offset: number; length: number } {
  const [version, kind] = [bytes.whole(at, 1), bytes.whole(at + 1, 1)];
  if (version === 3 || version === 4) {
    if (kind === COMPACT) return { offset: at + 4, length: bytes.whole(at + 2, 2) };
    if (kind === CONTIGUOUS) {
      const offset = bytes.address(at + 2);
      return offset === undefined ? { offset: 0, length: 0 } : { offset, length: bytes.whole(at + 10, 8) };
    }
  }
  throw beyond(`'${shorten(name)}' lies in pieces or packed, which is not read`);
}
