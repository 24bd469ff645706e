import type { LiveLine } from './live-line.ts';
import { talk } from './talk.ts';

/** How far the download of a file is, and where it comes from. */
export interface DownloadProgress {
  readonly file: string;
  readonly url: string;
  readonly loadedBytes: number;
  readonly totalBytes?: number;
}

/** Shows downloads: a live line on a terminal, and one line for each file and place it is got from that stays. */
export function createDownloadView(line: LiveLine): (progress: DownloadProgress) => void {
  let announced = '';
  return ({ file, url, loadedBytes, totalBytes }) => {
    if (url !== announced) {
      line.clear();
      talk(`Downloading ${file} from ${new URL(url).host}`);
    }
    announced = url;
    if (loadedBytes === totalBytes) line.clear();
    else line.update(() => `  ${shown(loadedBytes, totalBytes)}`.slice(0, line.width));
  };
}

function shown(loadedBytes: number, totalBytes: number | undefined): string {
  if (totalBytes !== undefined) return `${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`;
  return loadedBytes === 0 ? 'waiting for an answer' : `${megabytes(loadedBytes)} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1);
}
