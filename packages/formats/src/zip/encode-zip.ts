import { LatentkitError, shorten } from '@latentkit/core';
import { checkValue, listRule, type OptionRule } from '@latentkit/core/options';
import { crc32 } from '../gzip/crc32.ts';

const [LOCAL, ENTRY, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const [LOCAL_BYTES, ENTRY_BYTES, END_BYTES] = [30, 46, 22];
const [VERSION, NAMES_ARE_UTF8] = [20, 0x0800];
/** 1 January 1980, as early as a ZIP's dates go: the same files give the same bytes. */
const DATE = 0x0021;
const [MOST_FILES, MOST_BYTES] = [0xffff, 0xffffffff];

const fileRule: OptionRule = {
  be: 'be { name, bytes }, a text and a Uint8Array',
  code: 'E_USAGE',
  fits(value) {
    const { name, bytes } = Object(value) as { name?: unknown; bytes?: unknown };
    return typeof name === 'string' && bytes instanceof Uint8Array;
  },
};

/**
 * A ZIP of files as they are, not packed: weights hardly get smaller. The same files give the same bytes.
 *
 * @param files by their paths, with `/`.
 * @throws `E_USAGE` for what are no files; `E_LIMIT` for more than 65,535 files or 4 GiB; `E_RANGE` for a name that is empty, or there twice.
 * @example
 * await writeFile('run.zip', encodeZip([{ name: 'run/config.json', bytes }]));
 * @see APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16
 */
export function encodeZip(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Uint8Array<ArrayBuffer> {
  checkValue('encodeZip', 'files', files, listRule);
  for (const file of files) checkValue('encodeZip', 'a file', file, fileRule);
  const named = files.map(({ name, bytes }) => ({ name: new TextEncoder().encode(name), bytes }));
  checkFiles(files, named);
  const headers = named.reduce((sum, { name }) => sum + LOCAL_BYTES + ENTRY_BYTES + 2 * name.length, 0);
  const size = named.reduce((sum, { bytes }) => sum + bytes.length, headers + END_BYTES);
  if (size > MOST_BYTES) {
    throw new LatentkitError('E_LIMIT', `encodeZip: the files come to ${size} bytes, of at most 4 GiB`);
  }
  const zip = new Uint8Array(size);
  const view = new DataView(zip.buffer);
  let at = 0;
  const records = named.map(({ name, bytes }) => {
    const record = { name, crc: crc32(bytes), size: bytes.length, offset: at };
    view.setUint32(at, LOCAL, true);
    writeRecord(view, at + 4, record);
    zip.set(name, at + LOCAL_BYTES);
    zip.set(bytes, at + LOCAL_BYTES + name.length);
    at += LOCAL_BYTES + name.length + bytes.length;
    return record;
  });
  const directory = at;
  for (const record of records) {
    view.setUint32(at, ENTRY, true);
    view.setUint16(at + 4, VERSION, true);
    writeRecord(view, at + 6, record);
    view.setUint32(at + 42, record.offset, true);
    zip.set(record.name, at + ENTRY_BYTES);
    at += ENTRY_BYTES + record.name.length;
  }
  view.setUint32(at, END, true);
  view.setUint16(at + 8, records.length, true);
  view.setUint16(at + 10, records.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return zip;
}

/** What a file's own header and the directory say of it in the same words. */
function writeRecord(
  view: DataView,
  at: number,
  { name, crc, size }: { name: Uint8Array; crc: number; size: number },
): void {
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, NAMES_ARE_UTF8, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, name.length, true);
}

function checkFiles(files: readonly { name: string }[], named: readonly { name: Uint8Array }[]): void {
  if (files.length > MOST_FILES) {
    throw new LatentkitError('E_LIMIT', `encodeZip: expected at most 65,535 files, got ${files.length}`);
  }
  const seen = new Set<string>();
  for (const [i, { name }] of files.entries()) {
    const { length } = named[i]!.name;
    if (length === 0 || length > MOST_FILES || seen.has(name)) {
      const got = JSON.stringify(shorten(name));
      throw new LatentkitError('E_RANGE', `encodeZip: expected each name once and not empty, got ${got}`);
    }
    seen.add(name);
  }
}
