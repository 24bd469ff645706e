// Imports the models of other programs in the folders of a folder, and holds what they compute against what lies beside them.
// Run: node packages/interop/scripts/read-models.js FOLDER
// Prints a JSON row a folder: the largest difference of each output.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import { parseNpy } from '@latentkit/formats';
import { importModel } from '@latentkit/interop';
import { createTrainedModel } from '@latentkit/models';

await startWasmBackend();
const root = process.argv[2];
for (const name of readdirSync(root).sort()) {
  const read = (file) => new Uint8Array(readFileSync(join(root, name, file)));
  const names = readdirSync(join(root, name));
  const isArray = (file) => file.endsWith('.npy');
  const { images, codes, mean, log_var, decoded } = Object.fromEntries(
    names.filter(isArray).map((file) => [file.slice(0, -'.npy'.length), parseNpy(read(file)).data]),
  );
  const files = names.filter((file) => !isArray(file)).map((file) => [file, read(file)]);
  const { spec, weights } = await importModel(Object.fromEntries(files));
  const trained = createTrainedModel(spec, weights);
  const got = trained.encode(images);
  const row = {
    mean: difference(got.mean, mean),
    log_var: difference(got.logVar, log_var),
    pixel_values: difference(trained.decode(codes), decoded),
  };
  trained.dispose();
  console.log(JSON.stringify({ case: name, ...row }));
}

function difference(got, expected) {
  if (got.length !== expected.length)
    throw new Error(`expected ${expected.length} numbers, got ${got.length}`);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - got[i])), 0);
}
