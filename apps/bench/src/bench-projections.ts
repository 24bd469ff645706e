import { createDownloadView, talk } from '@latentkit/terminal';
import { createProjectionBenchView, showProjectionBenchJson } from './output/projection-bench-view.ts';
import { loadBenchImages } from './projections/load-images.ts';
import { PROJECTION_ENGINES, projectionEngines } from './projections/projection-engines.ts';
import type { ProjectionRow } from './projections/projection-rows.ts';
import { writeProjectionWorkload } from './projections/projection-workload.ts';
import { runProjectionBench } from './projections/run-projection-bench.ts';
import { runInFolder } from './run-in-folder.ts';

export interface BenchProjectionsOptions {
  json: boolean;
  /** One seed instead of three. */
  quick: boolean;
  rounds?: number;
  python?: string;
  dataDir?: string;
}

const SEEDS = 3;

/** The rows `projection/...` of `pnpm bench`: maps by us, scikit-learn, umap-js and tsne-js, and how good they are. */
export async function benchProjections(
  rows: readonly ProjectionRow[],
  { json, quick, rounds, python, dataDir }: BenchProjectionsOptions,
): Promise<void> {
  await runInFolder({ json }, async ({ folder, line, signal }) => {
    const dataset = await loadBenchImages(dataDir, { signal, onProgress: createDownloadView(line) });
    if (dataDir === undefined) talk('Drawn digits; --data-dir DIR takes MNIST instead.');
    const { path, workload } = await writeProjectionWorkload(folder, rows, dataset);
    const names = rows.map(({ name }) => name);
    const show = json ? showProjectionBenchJson : createProjectionBenchView(line, names, PROJECTION_ENGINES);
    const seeds = rounds ?? (quick ? 1 : SEEDS);
    const engines = projectionEngines(path, python);
    for await (const event of runProjectionBench({ workload, engines, seeds, signal })) show(event);
  });
}
