import type { TableColumn } from '@latentkit/terminal';
import type { MemoryUse, ScalingPoint } from '../bench-event.ts';
import { formatMilliseconds } from './bench-table.ts';

/** How our rows go with the number of workers. */
export const SCALING_COLUMNS: readonly TableColumn<ScalingPoint>[] = [
  { title: 'scaling of', align: 'left', cell: ({ name }) => name },
  { title: 'workers', cell: ({ workers }) => String(workers) },
  { title: 'ms', cell: ({ msMedian }) => formatMilliseconds(msMedian) },
  { title: 'speed-up', cell: ({ speedUp }) => `${speedUp.toFixed(2)}x` },
  { title: 'efficiency', cell: ({ efficiency }) => `${(100 * efficiency).toFixed(0)}%` },
];

/** What memory the engines' processes took. */
export const MEMORY_COLUMNS: readonly TableColumn<MemoryUse>[] = [
  { title: 'memory of', align: 'left', cell: ({ engine }) => engine },
  { title: 'how', align: 'left', cell: ({ how }) => how ?? '-' },
  { title: 'workers', cell: ({ workers }) => String(workers) },
  { title: 'most MB', cell: ({ peakBytes }) => (peakBytes / 1e6).toFixed(0) },
];
