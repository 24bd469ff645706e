// An engine of `pnpm bench`: Latentkit itself. Arguments: the workload's file, the number of workers.
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { latentkitRows } from './latentkit-rows.ts';
import { readWorkload } from './read-workload.ts';
import { serveRows } from './serve-rows.ts';

const [workloadPath, workers] = process.argv.slice(2);
await startWasmBackend();
const accelerator = await createAccelerator({ workers: Number(workers) });
await serveRows(latentkitRows(accelerator, readWorkload(workloadPath!)));
await accelerator.close();
