import type { Accelerator, Dataset } from '@latentkit/core';
import { LatentkitError } from '@latentkit/core';
import {
  type ExperimentConfig,
  type FigureModel,
  loadNamedDataset,
  reportOfRun,
} from '@latentkit/experiment';
import { createMemoryRunStore, importRun, type NamedBytes, readSummary } from '@latentkit/experiment/store';
import { readZip } from '@latentkit/formats';
import { openTrainedModel } from '@latentkit/models';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { PickedFile } from '../data/dropped-files.ts';
import { loadOwnFiles } from '../data/load-own-files.ts';
import { inPieces } from './in-pieces.ts';
import { moving } from './line.ts';
import type { TakenFile } from './messages.ts';
import type { Turns } from './pictures.ts';
import type { ReportRequest } from './run-messages.ts';
import { URGENCY } from './turns.ts';

interface ReportMeans {
  readonly accelerator: Accelerator<Tensor>;
  readonly take: Turns;
  /** The files of the run that is shown, where it was opened and is not kept. */
  readonly opened: readonly NamedBytes[] | undefined;
}

/**
 * The report of the run that is shown, as `latentkit report` writes it of the same files: its images are drawn or downloaded anew, and a
 * person's own are read again.
 *
 * @throws `E_USAGE` for a model without its run, and where its images are not here; what `reportOfRun` throws.
 */
export async function makeReport(
  { run, files, isWriting }: ReportRequest,
  { accelerator, take, opened }: ReportMeans,
): Promise<TakenFile> {
  const name = run?.name ?? 'run';
  const given = run ? await unpack(run.zip) : opened;
  if (!given?.some((file) => `/${file.name}`.endsWith('/config.json'))) {
    throw new LatentkitError(
      'E_USAGE',
      'a report tells how a network was trained, and this is a model alone',
      {
        fix: 'Open the whole folder of its run',
      },
    );
  }
  const store = createMemoryRunStore();
  await importRun(store, name, given);
  const ofRun = store.files(name);
  const dataset = await datasetOf((await readSummary(ofRun)).config, files);
  const { html } = await reportOfRun(
    { ...ofRun, ...(isWriting && { state: async () => 'held' as const }) },
    {
      dataset,
      openModel: async (spec, weights) => {
        const open = () => openTrainedModel(spec, weights, { accelerator });
        const model = await take(URGENCY.background, open);
        // What a hand asks for comes between two calls.
        const inTurn =
          <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) =>
          (...asked: Given) =>
            take(URGENCY.background, () => call(...asked));
        const queued: FigureModel = {
          spec,
          ...inPieces(model, take),
          reconstruct: inTurn(model.reconstruct),
          sample: inTurn(model.sample),
          prior: inTurn(model.prior),
        };
        return { ...queued, dispose: inTurn(model.dispose) };
      },
    },
  );
  const bytes = new TextEncoder().encode(html);
  return moving({ name: 'report.html', bytes }, [bytes.buffer]);
}

const unpack = (zip: Uint8Array): Promise<NamedBytes[]> =>
  Promise.all(readZip(zip).map(async ({ name, read }) => ({ name, bytes: await read() })));

function datasetOf({ dataset }: ExperimentConfig, files: readonly PickedFile[]): Promise<Dataset> {
  const { dataDir: _, ...config } = dataset;
  if (config.name !== 'arrays') return loadNamedDataset(config);
  if (files.length > 0) return loadOwnFiles(files, config);
  throw new LatentkitError('E_USAGE', 'the files that this run was made with are not here', {
    fix: 'Choose them under Images on the page Train, and come back; in a terminal it is "latentkit report RUN --data FILE"',
  });
}
