import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { keepOffline } from './scripts/keep-offline.ts';
import { passLicenses } from './scripts/pass-licenses.ts';

/** What the page may do: run its own files, and fetch data sets from mirrors, when the user says so. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self' https://cdn.jsdelivr.net https://raw.githubusercontent.com",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Several threads need them: what a static host should send, and the service of development does. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** As a tag, so that any static host keeps it; while developing, Vite's own scripts are inline. */
const contentPolicy: Plugin = {
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

const repository = join(import.meta.dirname, '../..');
const licenses = passLicenses({
  Latentkit: join(repository, 'LICENSE'),
  'Kernels of TensorFlow.js': join(repository, 'packages/backend/NOTICE.txt'),
});

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [contentPolicy, licenses.page, keepOffline(join(import.meta.dirname, 'src/service-worker.js'))],
  worker: { format: 'es', plugins: () => [licenses.worker()] },
  build: { target: 'es2023', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
  // What the worker imports is looked for before the first visit: found later, it would make the page load again while it trains.
  optimizeDeps: { entries: ['index.html', 'src/lab/worker.ts'] },
  server: { headers: ISOLATION },
  preview: { headers: ISOLATION },
});
