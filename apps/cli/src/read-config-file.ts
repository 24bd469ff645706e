import { readFile } from 'node:fs/promises';
import { LatentkitError } from '@latentkit/core';

const PARTS = ['dataset', 'model', 'training'] as const;

/** A config file: any part of a config. Its fields are checked once it is merged. */
export type PartialConfig = { recipe?: string } & {
  [Part in (typeof PARTS)[number]]?: Record<string, unknown>;
};

/** @throws `E_CONFIG` when the file cannot be read, is not JSON, or its parts are not objects. */
export async function readConfigFile(path: string): Promise<PartialConfig> {
  const value = parse(path, await read(path));
  if (!isObject(value)) throw new LatentkitError('E_CONFIG', `--config: ${path} must hold a JSON object`);
  for (const part of PARTS) {
    if (value[part] !== undefined && !isObject(value[part])) {
      throw new LatentkitError(
        'E_CONFIG',
        `${path}: ${part} must be an object, got ${JSON.stringify(value[part])}`,
      );
    }
  }
  if (value.recipe !== undefined && typeof value.recipe !== 'string') {
    throw new LatentkitError(
      'E_CONFIG',
      `${path}: recipe must be a string, got ${JSON.stringify(value.recipe)}`,
    );
  }
  return value;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' };
    throw new LatentkitError('E_CONFIG', `--config: cannot read ${path}: ${reasons[code ?? ''] ?? message}`, {
      cause,
    });
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LatentkitError('E_CONFIG', `--config: ${path} is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
