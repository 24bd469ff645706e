// Imports go strictly downwards and never in circles: reads every package's imports and dependencies, and fails on a breach.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCircles } from './lib/circles.js';
import { findBreaches } from './lib/floors.js';
import { listPackages } from './lib/workspace.js';

const SOURCE = /\.(?:ts|tsx|js|mjs|svelte|html)$/;

/** Texts by path inside the package, e.g. `src/index.ts`. */
function readSources(packagePath) {
  const files = {};
  if (!existsSync(join(packagePath, 'src'))) return files;
  for (const entry of readdirSync(join(packagePath, 'src'), { recursive: true })) {
    const path = `src/${entry.replaceAll('\\', '/')}`;
    if (!SOURCE.test(path) || path.includes('/generated/')) continue;
    files[path] = readFileSync(join(packagePath, path), 'utf8');
  }
  return files;
}

const packages = listPackages().map(({ folder, path, manifest }) => ({
  folder,
  manifest,
  files: readSources(path),
}));
const breaches = findBreaches(packages);
const circles = findCircles(packages);
for (const fault of [...breaches, ...circles]) console.error(fault);
const fileCount = packages.reduce((sum, { files }) => sum + Object.keys(files).length, 0);
console.log(
  `floors: ${packages.length} packages, ${fileCount} files, ${breaches.length} breaches, ${circles.length} circles`,
);
process.exitCode = breaches.length + circles.length === 0 ? 0 : 1;
