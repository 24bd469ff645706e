// Every entry, as Vite builds it with no setting but where things are.
import { build } from 'vite';

const [out, ...input] = process.argv.slice(2);
await build({
  configFile: false,
  logLevel: 'warn',
  build: { outDir: out, rollupOptions: { input, preserveEntrySignatures: 'strict', output: { entryFileNames: '[name].js' } } },
});
