import type { LoadDatasetOptions } from '@latentkit/experiment/node';
import { talk } from './talk.ts';

const ERASE_LINE = '\r\x1b[2K';
const REDRAW_MS = 100;

/** Shows downloads: a live line on a terminal, else one line a file. */
export function createDownloadView({ live }: { live: boolean }): NonNullable<LoadDatasetOptions['onProgress']> {
  let shown = '';
  let drawn = 0;
  return ({ file, loadedBytes, totalBytes }) => {
    if (!live) {
      if (file !== shown) talk(`Downloading ${file}`);
      shown = file;
      return;
    }
    const finished = loadedBytes === totalBytes;
    if (!finished && performance.now() - drawn < REDRAW_MS) return;
    drawn = performance.now();
    const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)}`;
    const total = totalBytes === undefined ? '' : ` of ${megabytes(totalBytes)}`;
    process.stderr.write(`${ERASE_LINE}Downloading ${file}: ${megabytes(loadedBytes)}${total} MB${finished ? '\n' : ''}`);
  };
}
