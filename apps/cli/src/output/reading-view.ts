import { formatCount, type LiveLine } from '@latentkit/terminal';

/** Says how far reading is, where a person looks on. */
export function createReadingView(line: LiveLine) {
  return (reading: { readonly files: number } | { readonly share: number }): void =>
    line.update(() =>
      'files' in reading
        ? `Reading ${formatCount(reading.files)} file${reading.files === 1 ? '' : 's'}`
        : `Checking the packed images: ${Math.floor(100 * reading.share)}%`,
    );
}
