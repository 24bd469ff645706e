// Vite with no setting but what is built and where to.
import { build } from 'vite';
import { builds } from './builds.js';

const output = { entryFileNames: '[name].js' };
for (const { out: outDir, files: input } of builds) {
  const rollupOptions = { input, output, preserveEntrySignatures: 'strict' };
  await build({ configFile: false, logLevel: 'error', build: { outDir, rollupOptions } });
}
