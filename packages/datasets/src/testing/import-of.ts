import type { LatentkitError } from '@latentkit/core';
import { expect } from 'vitest';
import { type ImportOptions, importFiles } from '../import/import-files.ts';
import type { ImportFile } from '../import/unpack-files.ts';
import { encodePng } from './encode-png.ts';

/** A file of text. */
export const text = (content: string) => new TextEncoder().encode(content);
/** A PNG of one grey. */
export const grey = (value: number, side = 2) =>
  encodePng({ width: side, height: side, data: new Array(side * side).fill(value) });
/** Files by their names. */
export const files = (contents: Record<string, Uint8Array>): ImportFile[] =>
  Object.entries(contents).map(([name, bytes]) => ({ name, bytes }));
export const importOf = (contents: Record<string, Uint8Array>, options?: ImportOptions) =>
  importFiles(files(contents), options);
/** What an import of them throws. */
export const errorOf = (
  contents: Record<string, Uint8Array>,
  options?: ImportOptions,
): Promise<LatentkitError> =>
  importOf(contents, options).then(
    () => expect.unreachable(),
    (error) => error,
  );
