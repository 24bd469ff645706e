/**
 * Removes from every package's `dist` what no source makes any more. The compiler only adds: a file that was renamed, or that
 * another branch has, would be packed and, worse, be found by imports that should fail. turbo runs this before any build,
 * remembered or not (turbo.json).
 */
import { join } from 'node:path';
import { removeStale } from './lib/remove-stale.js';
import { listPackages } from './lib/workspace.js';

for (const one of listPackages()) {
  for (const name of removeStale(one))
    console.log(`removed ${join(one.folder, 'dist', name)}: its source is gone`);
}
