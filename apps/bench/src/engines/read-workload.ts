import { readFileSync } from 'node:fs';
import type { Workload } from '../workload.ts';

/** What all engines have in common, from the file that the parent wrote, and its images. */
export function readWorkload(path: string): { workload: Workload; images: Uint8Array } {
  const workload = JSON.parse(readFileSync(path, 'utf8')) as Workload;
  return { workload, images: new Uint8Array(readFileSync(workload.images)) };
}
