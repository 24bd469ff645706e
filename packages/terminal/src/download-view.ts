import type { LiveLine } from './live-line.ts';
import { talk } from './talk.ts';

/** How far the download of a file is. */
export interface DownloadProgress {
  readonly file: string;
  readonly loadedBytes: number;
  readonly totalBytes?: number;
}

/** Shows downloads: a live line on a terminal, and one line a file that stays. */
export function createDownloadView(line: LiveLine): (progress: DownloadProgress) => void {
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
