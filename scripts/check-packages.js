// Packs every public package as it would be published, and looks at what a stranger gets: with publint and
// are-the-types-wrong, at its metadata, README and source maps, and at what installing it brings.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from './lib/pack.js';
import {
  dependencyClosure,
  findManifestFaults,
  findMapFaults,
  findReadmeFaults,
} from './lib/package-faults.js';
import { createReport } from './lib/report.js';
import { run } from './lib/run.js';
import { withTempFolder } from './lib/temp-folder.js';
import { listPublicPackages } from './lib/workspace.js';

// Packages that promise to be light, and all that they may bring.
const LIGHT = {
  '@latentkit/core': ['valibot'],
  '@latentkit/kernels': ['@latentkit/core', 'valibot'],
  '@latentkit/formats': ['@latentkit/core', 'valibot'],
  '@latentkit/losses': ['@latentkit/core', 'valibot'],
  '@latentkit/interop': [
    '@latentkit/core',
    '@latentkit/formats',
    '@latentkit/losses',
    '@latentkit/models',
    'valibot',
  ],
  '@latentkit/models': ['@latentkit/core', '@latentkit/losses', 'valibot'],
  '@latentkit/sweeps': ['@latentkit/core', 'valibot'],
  '@latentkit/projections': ['@latentkit/core', '@latentkit/kernels', 'valibot'],
};

/** Throws unless installing a package brings what it may; says what that is. */
function checkClosure(name, packages) {
  const brings = dependencyClosure(name, packages).join(', ');
  const allowed = LIGHT[name]?.join(', ');
  if (allowed !== undefined && brings !== allowed)
    throw new Error(`may bring ${allowed}, but brings ${brings}`);
  return `brings ${brings}`;
}

/** Throws what a stranger would miss in the tarball. */
async function checkContents(one, tarball, folder) {
  mkdirSync(folder);
  await run('tar', ['-xzf', tarball, '-C', folder]);
  const unpacked = join(folder, 'package');
  readFileSync(join(unpacked, 'LICENSE'));
  const readme = readFileSync(join(unpacked, 'README.md'), 'utf8');
  const faults = [...findManifestFaults(one), ...findReadmeFaults(readme), ...findMapFaults(unpacked)];
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

const report = createReport('pack:check');
await withTempFolder(async (folder) => {
  const packages = new Map(listPublicPackages().map((one) => [one.name, one]));
  for (const one of packages.values()) {
    await report.check(one.name, async () => {
      const tarball = await pack(one, folder);
      await Promise.all([
        run('publint', [tarball, '--strict']),
        run('attw', [tarball, '--profile', 'esm-only', '--no-color']),
        checkContents(one, tarball, join(folder, `unpacked-${one.name.replace('/', '-')}`)),
      ]);
      return checkClosure(one.name, packages);
    });
  }
});
report.finish();
