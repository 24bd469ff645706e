import type { LoadDatasetOptions } from '@latentkit/experiment/node';
import type { LiveLine } from './live-line.ts';
import { talk } from './talk.ts';

/** Shows downloads: a live line on a terminal, and one line a file that stays. */
export function createDownloadView(line: LiveLine): NonNullable<LoadDatasetOptions['onProgress']> {
  let announced = '';
  return ({ file, loadedBytes, totalBytes }) => {
    if (file !== announced) {
      line.clear();
      talk(`Downloading ${file}${totalBytes === undefined ? '' : `, ${megabytes(totalBytes)} MB`}`);
    }
    announced = file;
    if (loadedBytes === totalBytes) line.clear();
    else line.update(() => `  ${megabytes(loadedBytes)} MB`.slice(0, line.width));
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1);
}
