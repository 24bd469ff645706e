import { parseNumber } from '@latentkit/terminal';

/** Numbers of threads from their list, each once and the fewest first: `1,2,4`. */
export function parseCounts(text: string): number[] {
  const counts = text.split(',').map((part) => parseNumber.workers(part));
  return [...new Set(counts)].sort((a, b) => a - b);
}
