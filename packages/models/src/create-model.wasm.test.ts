import { startWasmBackend } from '@latentkit/backend';
import { describeModel } from '@latentkit/testing';
import { modelRowOf } from './testing/model-row-of.ts';
import { SMALL_SPECS } from './testing/model-specs.ts';

for (const [name, spec] of Object.entries(SMALL_SPECS)) {
  describeModel(`${name}, on Latentkit's backend`, {
    ...modelRowOf(spec),
    useBackend: () => startWasmBackend(),
  });
}
