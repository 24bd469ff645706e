// Vite with no setting but what is built and where to.
import { build } from 'vite';

const [outDir, ...input] = process.argv.slice(2);
const output = { entryFileNames: '[name].js' };
const rollupOptions = { input, output, preserveEntrySignatures: 'strict' };
await build({ configFile: false, logLevel: 'error', build: { outDir, rollupOptions } });
