import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, Stream } from '@latentkit/core';
import { encodeCsv, encodeNpy } from '@latentkit/formats';
import { temporaryFolder } from './run-cli.ts';

export const COUNT = 90;
export const LABELS = Uint8Array.from({ length: COUNT }, (_, i) => i % 3);

/** Three clouds in five dimensions. */
export function clouds(): Float32Array {
  const random = createRandom({ seed: 5, stream: Stream.sample });
  return Float32Array.from({ length: 5 * COUNT }, (_, i) =>
    LABELS[Math.floor(i / 5)] === i % 5 ? 9 + random.normal() : random.normal(),
  );
}

/** A folder that holds them as `vectors.npy` and `vectors.csv`, and their `labels.npy`. */
export function folderWithVectors(): string {
  const cwd = temporaryFolder();
  const table = { shape: [COUNT, 5], data: clouds() };
  writeFileSync(join(cwd, 'vectors.npy'), encodeNpy(table));
  writeFileSync(join(cwd, 'vectors.csv'), encodeCsv(table, { columns: ['a', 'b', 'c', 'd', 'e'] }));
  writeFileSync(join(cwd, 'labels.npy'), encodeNpy({ shape: [COUNT], data: LABELS }));
  return cwd;
}
