import { loadIdxDataset } from '@latentkit/datasets';
import { hashBytes } from './hash-bytes.ts';
import { makeIdxFiles } from './idx-files.ts';

/** What came of a download: the images' SHA-256, or why there are none. */
export interface LoadedFiles {
  images?: string;
  error?: { code: string; message: string };
}

/** Downloads the four files from the first of some mirrors that works; `pageMirrors` are said by the spec to be for pages. */
export async function loadFiles(
  mirrors: readonly string[],
  pageMirrors?: readonly string[],
): Promise<LoadedFiles> {
  const { specs: files } = await makeIdxFiles();
  const spec = {
    name: 'tiny',
    classNames: ['even', 'odd'],
    mirrors,
    files,
    ...(pageMirrors && { pageMirrors }),
  };
  try {
    const { train } = await loadIdxDataset(spec);
    return { images: await hashBytes(train.images as Uint8Array<ArrayBuffer>) };
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return { error: { code, message } };
  }
}
