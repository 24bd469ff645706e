import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.js';

/** The oldest release line that the packages promise to run on, as a dependency. */
export const NODE_22 = 'npm:node@22.23.3';

/** Installs Node 22 into an empty folder: the path of its binary. */
export async function installNode22(folder) {
  const manifest = { private: true, dependencies: { node22: NODE_22 } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages: []\nallowBuilds:\n  node: true\n');
  await run('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], { cwd: folder });
  return join(folder, 'node_modules/node22/bin/node');
}
