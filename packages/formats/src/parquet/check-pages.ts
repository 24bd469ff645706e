import type { Compressors } from 'hyparquet';
import { type Cursor, type PageHeader, readPageHeader, readVarint } from './read-page-header.ts';

/** Of a column, what its schema says of its pages. */
export interface PagesOf {
  readonly codec: keyof Compressors;
  readonly isBoolean: boolean;
  /** Largest repetition and definition level: of lists and missing values. */
  readonly repetition: number;
  readonly definition: number;
  /** That the column says it has. */
  readonly values: number;
}

const RUNS = 3;
const DICTIONARY = [2, 8];
const DELTA_TEXT = 7;
const WIDEST = 32;

/**
 * Holds what the pages of a column say of themselves against what the column does, before anything is decoded: a few bytes may else claim
 * thousands of millions of values, and their reader makes room for them.
 *
 * @param bytes of the column alone.
 * @returns the bytes that the pages unpack to.
 * @throws `Error` and `RangeError` for pages that claim more.
 */
export function checkPages(
  bytes: Uint8Array,
  column: PagesOf,
  { compressors, maxBytes }: { compressors: Compressors; maxBytes: number },
): number {
  const cursor: Cursor = { view: viewOf(bytes), offset: 0 };
  const isFlat = column.repetition === 0;
  let [values, unpacked] = [0, 0];
  // The reader of flat columns stops where all values are there, and that of others at the end.
  while (cursor.offset < bytes.length - 1 && !(isFlat && values >= column.values)) {
    const page = readPageHeader(cursor);
    const start = cursor.offset;
    cursor.offset += page.packed;
    if (!(page.packed >= 0 && page.unpacked >= 0 && cursor.offset <= bytes.length)) {
      throw new Error('a page lies beyond its column');
    }
    unpacked += page.unpacked;
    if (unpacked > maxBytes) throw new Error(`its pages claim more than ${maxBytes} unpacked bytes`);
    if (page.type === 'other') throw new Error('it has a page of a kind that is not read');
    if (!(page.values >= 0)) throw new Error('a page does not say its values');
    if (page.type === 'dictionary') {
      if (page.values > 8 * page.unpacked)
        throw new Error('a dictionary claims more values than it has bits');
      continue;
    }
    values += page.values;
    if (values > column.values)
      throw new Error(`its pages claim ${values} values, expected ${column.values}`);
    checkPage(bytes.subarray(start, cursor.offset), page, column, compressors);
  }
  return unpacked;
}

function checkPage(packed: Uint8Array, page: PageHeader, column: PagesOf, compressors: Compressors): void {
  const { values, encoding } = page;
  if (encoding === DELTA_TEXT) {
    throw new Error('its text is written as DELTA_BYTE_ARRAY, which is not read in bounds');
  }
  const hasRuns = DICTIONARY.includes(encoding) || encoding === RUNS;
  const levels = [column.repetition, column.definition];
  if (page.type === 'data v2') {
    const { repetition, definition } = page.levelBytes;
    const start = repetition + definition;
    if (!(repetition >= 0 && definition >= 0 && start <= packed.length)) {
      throw new Error('the levels of a page lie beyond it');
    }
    const cursor: Cursor = { view: viewOf(packed), offset: 0 };
    for (const [i, end] of [repetition, start].entries()) {
      if (levels[i]! > 0) checkRuns(cursor, widthOf(levels[i]!), values);
      cursor.offset = end;
    }
    if (!hasRuns) return;
    const rest = packed.subarray(start);
    const data = page.isPacked ? unpack(rest, page.unpacked - start, column.codec, compressors) : rest;
    checkData({ view: viewOf(data), offset: 0 }, page, encoding === RUNS);
    return;
  }
  if (!hasRuns && levels.every((level) => level === 0)) return;
  const data = unpack(packed, page.unpacked, column.codec, compressors);
  const cursor: Cursor = { view: viewOf(data), offset: 0 };
  for (const level of levels) {
    if (level === 0) continue;
    const end = endOf(cursor);
    checkRuns(cursor, widthOf(level), values);
    cursor.offset = end;
  }
  if (hasRuns) checkData(cursor, page, column.isBoolean);
}

/** Values that stand as runs: truth values behind the length of all, or places in a dictionary behind their width. */
function checkData(cursor: Cursor, { values }: PageHeader, areTruths: boolean): void {
  if (values === 0 || cursor.offset >= cursor.view.byteLength) return;
  const width = areTruths ? 1 : cursor.view.getUint8(cursor.offset);
  cursor.offset += areTruths ? 4 : 1;
  if (width > WIDEST) throw new Error(`its dictionary has places of ${width} bits`);
  if (width > 0) checkRuns(cursor, width, values);
}

/** Runs of one value, and groups of eight: none is longer than there are values. Where they end is not told to their reader. */
function checkRuns(cursor: Cursor, width: number, values: number): void {
  for (let seen = 0; seen < values && cursor.offset < cursor.view.byteLength; ) {
    const header = readVarint(cursor);
    const isPacked = header % 2 === 1;
    const count = isPacked ? 8 * (header >>> 1) : header >>> 1;
    if (count > values + (isPacked ? 7 : 0)) throw new Error(`a run claims ${count} of ${values} values`);
    cursor.offset += isPacked ? (header >>> 1) * width : Math.ceil(width / 8);
    seen += count;
  }
}

/** Where runs end, whose length stands before them. */
function endOf(cursor: Cursor): number {
  const length = cursor.view.getUint32(cursor.offset, true);
  cursor.offset += 4;
  return cursor.offset + length;
}

function unpack(
  packed: Uint8Array,
  length: number,
  codec: keyof Compressors,
  compressors: Compressors,
): Uint8Array {
  if (codec === 'UNCOMPRESSED') return packed;
  return compressors[codec]!(packed, length);
}

const widthOf = (level: number): number => 32 - Math.clz32(level);

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);
