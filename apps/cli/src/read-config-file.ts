import { readFile } from 'node:fs/promises';
import { LatentkitError } from '@latentkit/core';
import { type PartialConfig, parsePartialConfig } from '@latentkit/experiment/config';
import { parseJson } from '@latentkit/formats';

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

function parse(path: string, bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, path);
  } catch (cause) {
    if (!(cause instanceof LatentkitError)) throw cause;
    throw new LatentkitError('E_CONFIG', `--config: ${cause.message}`, { cause });
  }
}
