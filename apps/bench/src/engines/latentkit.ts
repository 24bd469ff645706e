// An engine of `pnpm bench`: Latentkit itself. Arguments: the workload's file, the number of workers, the arithmetic.
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { strict } from '@latentkit/kernels/nn';
import { fused } from '@latentkit/kernels/nn-fused';
import { latentkitRows } from './latentkit-rows.ts';
import { readWorkload } from './read-workload.ts';
import { serveRows } from './serve-rows.ts';

const [workloadPath, workers, how] = process.argv.slice(2);
const arithmetic = how === 'fused' ? fused : strict;
await startWasmBackend({ arithmetic });
const accelerator = await createAccelerator({ workers: Number(workers), arithmetic });
await serveRows({ ...latentkitRows(accelerator, readWorkload(workloadPath!)), how: arithmetic.name });
await accelerator.close();
