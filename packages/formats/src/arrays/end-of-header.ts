import { LatentkitError } from '@latentkit/core';

export interface HeaderPlace {
  /** Where the header begins. */
  start: number;
  /** How long it says that it is. */
  length: number;
  /** Where it says so. */
  saidAt: number;
  /** The longest that is believed. */
  maxHeaderBytes: number;
  /** What to do about a longer one. */
  fix: string;
}

/**
 * Where a header ends that says itself how long it is.
 *
 * @throws `E_LIMIT` for one that is longer than is believed, `E_FORMAT` where the file ends before.
 */
export function endOfHeader(
  where: string,
  bytes: Uint8Array,
  { start, length, saidAt, maxHeaderBytes, fix }: HeaderPlace,
): number {
  if (length > maxHeaderBytes) {
    throw new LatentkitError(
      'E_LIMIT',
      `${where}: expected a header of at most ${maxHeaderBytes} bytes, got ${length} at offset ${saidAt}`,
      { fix },
    );
  }
  const end = start + length;
  if (end > bytes.length) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected a header up to byte ${end}, got a file of ${bytes.length} bytes`,
      { fix: 'The file is cut off: get it anew.' },
    );
  }
  return end;
}
