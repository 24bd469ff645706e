import { LatentkitError, shorten } from '@latentkit/core';

const [END, END_64, LOCATOR_64, ENTRY] = [0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50];
const [END_BYTES, END_64_BYTES, LOCATOR_BYTES, ENTRY_BYTES] = [22, 56, 20, 46];
const MAX_COMMENT = 0xffff;
const [IS_ELSEWHERE, SIZES_64] = [0xffffffff, 1];

/** What the directory at a ZIP's end says of one file. */
export interface ZipRecord {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
}

/**
 * The records of the directory at a ZIP's end, folders among them. What stands before the files, as a program that unpacks
 * itself has it, moves all offsets.
 *
 * @throws `E_FORMAT` for what is no ZIP, is cut off or damaged, or one of several parts; `E_LIMIT` beyond `maxEntries`.
 * @see APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3
 */
export function readDirectory(
  bytes: Uint8Array,
  maxEntries: number,
): { records: ZipRecord[]; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { at, count, size, offset } = findEnd(view);
  if (count > maxEntries) {
    throw new LatentkitError(
      'E_LIMIT',
      `readZip: expected at most ${maxEntries} files (maxEntries), got ${count}`,
      { fix: 'A program that trusts the file may raise maxEntries' },
    );
  }
  const start = at - size; // where it is, whatever stands before the ZIP
  const moved = start - offset;
  if (start < 0 || moved < 0) throw damaged(`its directory of ${size} bytes does not fit before its end`);
  const records: ZipRecord[] = [];
  let position = start;
  for (let i = 0; i < count; i++) {
    if (position + ENTRY_BYTES > at || view.getUint32(position, true) !== ENTRY) {
      throw damaged(`expected file ${i + 1} of ${count} in the directory at byte ${position}`);
    }
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(position + field, true));
    const end = position + ENTRY_BYTES + name! + extra! + comment!;
    if (end > at) throw damaged(`file ${i + 1} of ${count} reaches beyond the directory`);
    const record = readRecord(view, bytes, { position, name: name!, extra: extra! });
    records.push({ ...record, offset: record.offset + moved });
    position = end;
  }
  return { records, start };
}

function readRecord(
  view: DataView,
  bytes: Uint8Array,
  { position, name: nameBytes, extra }: { position: number; name: number; extra: number },
): ZipRecord {
  const nameAt = position + ENTRY_BYTES;
  const name = decodeName(bytes.subarray(nameAt, nameAt + nameBytes));
  const sizes = [24, 20, 42].map((field) => view.getUint32(position + field, true));
  const large = findExtra(view, nameAt + nameBytes, extra);
  let next = large?.start ?? 0;
  const [size = 0, packed = 0, offset = 0] = sizes.map((value) => {
    if (value !== IS_ELSEWHERE) return value;
    if (!large || next + 8 > large.end) throw damaged(`${shorten(name)} lacks the sizes of ZIP64`);
    next += 8;
    return Number(view.getBigUint64(next - 8, true));
  });
  return {
    ...{ name, size, packed, offset },
    flags: view.getUint16(position + 8, true),
    method: view.getUint16(position + 10, true),
    crc: view.getUint32(position + 16, true),
  };
}

interface DirectoryEnd {
  /** Where the directory ends. */
  at: number;
  count: number;
  size: number;
  /** Where it says that the directory begins. */
  offset: number;
}

function findEnd(view: DataView): DirectoryEnd {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) > view.byteLength) continue; // by chance, in a comment
    const large = findEnd64(view, at - LOCATOR_BYTES);
    if (large) return large;
    if (view.getUint16(at + 4, true) !== 0) throw damaged('it is one of several parts');
    return {
      ...{ at, count: view.getUint16(at + 10, true) },
      ...{ size: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) },
    };
  }
  throw damaged('it has no directory at its end, and is cut off or no ZIP');
}

/** The same of files with more than 65,535 entries or 4 GiB. */
function findEnd64(view: DataView, locator: number): DirectoryEnd | undefined {
  if (locator < END_64_BYTES || view.getUint32(locator, true) !== LOCATOR_64) return undefined;
  const at = locator - END_64_BYTES; // where it is, whatever stands before the ZIP
  if (view.getUint32(at, true) !== END_64) throw damaged('the end of its ZIP64 directory is missing');
  const [count = 0, size = 0, offset = 0] = [32, 40, 48].map((field) =>
    Number(view.getBigUint64(at + field, true)),
  );
  return { at, count, size, offset };
}

function findExtra(
  view: DataView,
  start: number,
  length: number,
): { start: number; end: number } | undefined {
  let position = start;
  while (position + 4 <= start + length) {
    const end = position + 4 + view.getUint16(position + 2, true);
    if (end > start + length) return undefined;
    if (view.getUint16(position, true) === SIZES_64) return { start: position + 4, end };
    position = end;
  }
  return undefined;
}

/** UTF-8, whether the file says so or not; else each byte the character of its number, which tells names apart. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return String.fromCharCode(...bytes);
  }
}

export function damaged(what: string): LatentkitError {
  return new LatentkitError('E_FORMAT', `readZip: this ZIP cannot be read: ${what}`, {
    fix: 'Get it anew, or pack it anew.',
  });
}
