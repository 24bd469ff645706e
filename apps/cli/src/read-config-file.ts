import { readFile } from 'node:fs/promises';
import { LatentkitError } from '@latentkit/core';
import { type PartialConfig, parsePartialConfig } from '@latentkit/experiment';

/** @throws `E_CONFIG` when the file cannot be read, is not JSON, or its parts are not objects. */
export async function readConfigFile(path: string): Promise<PartialConfig> {
  return parsePartialConfig(parse(path, await read(path)), path);
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' };
    throw new LatentkitError('E_CONFIG', `--config: cannot read ${path}: ${reasons[code ?? ''] ?? message}`, {
      cause,
    });
  }
}

/** A byte order mark is no part of the JSON (RFC 8259, 8.1). */
function parse(path: string, bytes: Uint8Array): unknown {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new LatentkitError('E_CONFIG', `--config: ${path} is UTF-16`, { fix: 'Save it as UTF-8' });
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new LatentkitError('E_CONFIG', `--config: ${path} is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}
