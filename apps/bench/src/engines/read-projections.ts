import { readFileSync, writeFileSync } from 'node:fs';
import { embeddingFile, type ProjectionWorkload } from '../projections/projection-workload.ts';
import type { RowStarts } from './answer-rows.ts';

type WorkloadRow = ProjectionWorkload['rows'][number];

/** Images of a row, as vectors. */
export interface Vectors {
  data: Float32Array;
  count: number;
  dimensions: number;
}

/** A map by the seed: how long it took, from vectors to embedding, and the embedding. */
export type MakeMap = (
  row: WorkloadRow,
  vectors: Vectors,
  seed: number,
) => Promise<{ ms: number; embedding: ArrayLike<number> }>;

/** The rows of a workload that an engine does: a time is a map of the next seed, which is left in a file. */
export function projectionStarts(
  path: string,
  engine: string,
  does: (row: WorkloadRow) => boolean,
  make: MakeMap,
): RowStarts {
  const { rows, folder } = JSON.parse(readFileSync(path, 'utf8')) as ProjectionWorkload;
  return Object.fromEntries(
    rows.filter(does).map((row) => [
      row.name,
      () => {
        const vectors = readVectors(row);
        let seed = 0;
        return {
          async time() {
            const { ms, embedding } = await make(row, vectors, seed);
            writeFileSync(embeddingFile(folder, engine, row.name, seed), Float32Array.from(embedding));
            seed++;
            return ms;
          },
        };
      },
    ]),
  );
}

function readVectors({ file, points, dimensions }: WorkloadRow): Vectors {
  const bytes = readFileSync(file);
  const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return { data, count: points, dimensions };
}
