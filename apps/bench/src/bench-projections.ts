import { createDownloadView, talk } from '@latentkit/terminal';
import { findPythons } from './find-python.ts';
import { createProjectionBenchView, showProjectionBenchJson } from './output/projection-bench-view.ts';
import { writeProjectionPage } from './output/projection-page.ts';
import { createPage } from './page-file.ts';
import { loadBenchImages } from './projections/load-images.ts';
import { PROJECTION_ENGINES, PROJECTION_NEEDS, projectionEngines } from './projections/projection-engines.ts';
import type { ProjectionRow } from './projections/projection-rows.ts';
import { writeProjectionWorkload } from './projections/projection-workload.ts';
import { type ProjectionBenchEvent, runProjectionBench } from './projections/run-projection-bench.ts';
import { runInFolder } from './run-in-folder.ts';

export interface BenchProjectionsOptions {
  json: boolean;
  /** One seed instead of three. */
  quick: boolean;
  rounds?: number;
  python?: readonly string[];
  dataDir?: string;
  /** Where a page of the results goes. */
  out?: string;
  /** What was typed, for the page. */
  command: string;
}

const SEEDS = 3;

/** The rows `projection/...` of `pnpm bench`: maps by us and by the peers that are found, and how good they are. */
export async function benchProjections(
  rows: readonly ProjectionRow[],
  { json, quick, rounds, python, dataDir, out, command }: BenchProjectionsOptions,
): Promise<void> {
  await runInFolder({ json }, async ({ folder, line, signal }) => {
    const page = await createPage<ProjectionBenchEvent>(out, (events) =>
      writeProjectionPage(events, command),
    );
    const { pythons, notes } = await findPythons(PROJECTION_NEEDS, { files: python });
    const dataset = await loadBenchImages(dataDir, { signal, onProgress: createDownloadView(line) });
    if (dataDir === undefined) talk('Drawn digits; --data-dir DIR takes MNIST instead.');
    const { path, workload } = await writeProjectionWorkload(folder, rows, dataset);
    const names = rows.map(({ name }) => name);
    const show = json ? showProjectionBenchJson : createProjectionBenchView(line, names, PROJECTION_ENGINES);
    const seeds = rounds ?? (quick ? 1 : SEEDS);
    const engines = projectionEngines(path, pythons);
    for await (const event of runProjectionBench({ workload, engines, notes, seeds, signal })) {
      show(event);
      page.add(event);
    }
    await page.write();
  });
}
