import { readFileSync } from 'node:fs';
import type { LoadedWorkload, Workload } from '../workload.ts';

/** What all engines have in common, from the file that the parent wrote, and its images. */
export function readWorkload(path: string): LoadedWorkload {
  const workload = JSON.parse(readFileSync(path, 'utf8')) as Workload;
  return { workload, images: new Uint8Array(readFileSync(workload.images)) };
}
