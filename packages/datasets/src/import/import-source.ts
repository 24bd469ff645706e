import { type FileKind, isImageFormat } from './recognize-file.ts';

/** What may be asked for where files hold several things. */
export const SOURCES = ['images', 'npy', 'npz', 'idx', 'csv', 'parquet', 'safetensors', 'table'] as const;

export type ImportSource = (typeof SOURCES)[number];

const TYPES: Readonly<Record<Exclude<ImportSource, 'images'>, readonly FileKind['type'][]>> = {
  npy: ['npy'],
  npz: ['npy'],
  idx: ['idx'],
  csv: ['table', 'text'],
  parquet: ['parquet'],
  safetensors: ['safetensors'],
  table: ['table', 'text', 'parquet'],
};

/** Whether a file is what was asked for; everything that is data is, where nothing was. */
export function isWanted({ type }: FileKind, source: ImportSource | undefined): boolean {
  if (source === undefined)
    return isImageFormat(type) || ['npy', 'idx', 'table', 'parquet', 'safetensors'].includes(type);
  return source === 'images' ? isImageFormat(type) : TYPES[source].includes(type);
}
