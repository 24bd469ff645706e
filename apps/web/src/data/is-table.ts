import { isTableFile } from '@latentkit/datasets/import';
import type { PickedFile } from './dropped-files.ts';

/** Whether files are a table whose rows can be no pictures. What is wrong with one is said by who reads all of it. */
export async function isTable(files: readonly PickedFile[]): Promise<boolean> {
  const [only, ...others] = files;
  const file = only?.file;
  if (!file || others.length > 0) return false;
  const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
  return isTableFile({ size: file.size, read }).catch(() => false);
}
