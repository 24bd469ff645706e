import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBenchImages } from '../bench/projections/load-images.ts';
import { PROJECTION_ENGINES, projectionEngines } from '../bench/projections/projection-engines.ts';
import type { ProjectionRow } from '../bench/projections/projection-rows.ts';
import { writeProjectionWorkload } from '../bench/projections/projection-workload.ts';
import { runProjectionBench } from '../bench/projections/run-projection-bench.ts';
import { createDownloadView } from '../output/download-view.ts';
import { createLiveLine } from '../output/live-line.ts';
import { createProjectionBenchView, showProjectionBenchJson } from '../output/projection-bench-view.ts';
import { talk } from '../output/talk.ts';
import { hasLiveTerminal } from '../output/terminal.ts';
import { listenForStop } from '../stop-request.ts';

export interface BenchProjectionsOptions {
  json: boolean;
  /** One seed instead of three. */
  quick: boolean;
  rounds?: number;
  python?: string;
  dataDir?: string;
}

const SEEDS = 3;

/** The rows `projection/...` of `latentkit bench`: maps by us, scikit-learn, umap-js and tsne-js, and how good they are. */
export async function benchProjections(
  rows: readonly ProjectionRow[],
  { json, quick, rounds, python, dataDir }: BenchProjectionsOptions,
): Promise<void> {
  const line = createLiveLine(process.stderr, { enabled: !json && hasLiveTerminal() });
  const stop = listenForStop(() => line.clear());
  const { signal } = stop;
  const folder = await mkdtemp(join(tmpdir(), 'latentkit-bench-'));
  try {
    const dataset = await loadBenchImages(dataDir, { signal, onProgress: createDownloadView(line) });
    if (dataDir === undefined) talk('Drawn digits; --data-dir DIR takes MNIST instead.');
    const { path, workload } = await writeProjectionWorkload(folder, rows, dataset);
    const names = rows.map(({ name }) => name);
    const show = json ? showProjectionBenchJson : createProjectionBenchView(line, names, PROJECTION_ENGINES);
    const seeds = rounds ?? (quick ? 1 : SEEDS);
    const engines = projectionEngines(path, python);
    for await (const event of runProjectionBench({ workload, engines, seeds, signal })) show(event);
  } catch (error) {
    if (error !== signal.reason || !signal.aborted) throw error;
    talk('Stopped; the rows so far are complete.');
    process.exitCode = stop.exitCode;
  } finally {
    line.clear();
    stop.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
