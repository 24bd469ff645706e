// An engine of `pnpm bench`: jax-js. Argument: the workload's file.
import { installedVersion } from './installed-version.ts';
import { jaxJsRows } from './jax-js-rows.ts';
import { readWorkload } from './read-workload.ts';
import { serveRows } from './serve-rows.ts';

await serveRows(await jaxJsRows(readWorkload(process.argv[2]!), installedVersion('@jax-js/jax')));
