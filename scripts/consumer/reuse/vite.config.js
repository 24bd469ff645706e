import { defineConfig } from 'vite';

// Everything in one file, for Node: tfjs-core looks for Node's util when it finds itself there.
export default defineConfig({
  build: { ssr: 'main.js', outDir: 'bundle' },
  ssr: { noExternal: true },
});
