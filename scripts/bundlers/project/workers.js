import { basename } from 'node:path';

const WORKERS = {
  'backend-worker': '@latentkit/backend/worker',
  'projections-worker': '@latentkit/projections/worker',
};

/** The entries that a bundler which does not find workers by itself is told of, where the page is built. */
export function workersOf(files) {
  return files.some((file) => basename(file) === 'page.js') ? WORKERS : {};
}
