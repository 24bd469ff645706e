import { LatentkitError, shorten } from '@latentkit/core';
import { endOfHeader } from '../arrays/end-of-header.ts';
import { checkHeaderSize } from './check-header-size.ts';
import { findDuplicateKey } from './find-duplicate-key.ts';

const LENGTH_BYTES = 8;

export interface SafetensorsHeader {
  entries: Record<string, unknown>;
  /** Where the numbers begin. */
  offset: number;
}

/** Reads the length and the JSON object that safetensors files begin with. */
export function readSafetensorsHeader(
  bytes: Uint8Array,
  { maxHeaderBytes, maxTensors }: { maxHeaderBytes: number; maxTensors: number },
): SafetensorsHeader {
  if (bytes.length < LENGTH_BYTES) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseSafetensors: expected ${LENGTH_BYTES} bytes of header length, got a file of ${bytes.length} bytes`,
      { fix: 'The file is cut off: get it anew.' },
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const offset = endOfHeader('parseSafetensors', bytes, {
    ...{ start: LENGTH_BYTES, length, saidAt: 0, maxHeaderBytes },
    fix: 'This is no safetensors file; a program that trusts it may raise maxHeaderBytes',
  });
  const json = bytes.subarray(LENGTH_BYTES, offset);
  checkHeaderSize(json, maxTensors);
  return { entries: parseHeaderJson(json), offset };
}

function parseHeaderJson(bytes: Uint8Array): Record<string, unknown> {
  let text = '';
  let entries: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    entries = JSON.parse(text);
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', 'parseSafetensors: the header is not JSON in UTF-8', { cause });
  }
  if (!text.startsWith('{') || typeof entries !== 'object' || entries === null) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseSafetensors: expected the header to start with '{' at byte 8, got ${JSON.stringify(text.slice(0, 10))}`,
    );
  }
  const twice = findDuplicateKey(text);
  if (twice !== undefined) {
    throw new LatentkitError(
      'E_FORMAT',
      `parseSafetensors: the header has the key '${shorten(twice)}' twice`,
    );
  }
  return entries as Record<string, unknown>;
}
