import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dependencyClosure, findManifestFaults, findMapFaults, findReadmeFaults } from './package-faults.js';

const COMPLETE = {
  description: 'One.',
  license: 'MIT',
  keywords: ['a', 'b', 'c'],
  engines: { node: '>=22.12' },
  homepage: 'https://github.com/latentkit/latentkit/tree/main/packages/one#readme',
  bugs: 'https://github.com/latentkit/latentkit/issues',
  repository: {
    type: 'git',
    url: 'git+https://github.com/latentkit/latentkit.git',
    directory: 'packages/one',
  },
};

describe('findManifestFaults', () => {
  it('finds nothing where all is said', () => {
    expect(findManifestFaults({ folder: 'packages/one', manifest: COMPLETE })).toEqual([]);
  });

  it.each(Object.keys(COMPLETE))('finds a missing %s', (field) => {
    const faults = findManifestFaults({
      folder: 'packages/one',
      manifest: { ...COMPLETE, [field]: undefined },
    });
    expect(faults).toEqual([expect.stringContaining(field)]);
  });

  it('finds metadata copied from another package', () => {
    expect(findManifestFaults({ folder: 'packages/two', manifest: COMPLETE })).toHaveLength(2);
  });
});

it('findReadmeFaults finds relative links and pictures, and no others', () => {
  const text =
    '[a](../a) ![b](b.png) <img src="c.png"> [d](https://d.org) [e](#e) <img src="https://f.org/f.png">';
  expect(findReadmeFaults(text).map((fault) => fault.split(' ')[1])).toEqual(['../a', 'b.png', 'c.png']);
});

describe('findMapFaults', () => {
  let folder;
  const write = (name, text) => writeFileSync(join(folder, 'dist', name), text);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'maps-'));
    mkdirSync(join(folder, 'dist'));
    write('a.js', 'export {};\n//# sourceMappingURL=a.js.map');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    [{ sources: ['../src/a.ts'], sourcesContent: ['export {};'] }, []],
    [{ sources: ['../src/a.ts'] }, ['dist/a.js: its source map lacks the text of ../src/a.ts']],
  ])('reads the map %j', (map, faults) => {
    write('a.js.map', JSON.stringify(map));
    expect(findMapFaults(folder)).toEqual(faults);
  });

  it('finds a map that is not there, and a file without one', () => {
    write('b.js', 'export {};');
    expect(findMapFaults(folder).sort()).toEqual([
      'dist/a.js: its source map a.js.map is not there',
      'dist/b.js: no source map (if it is left of an older build, remove dist)',
    ]);
  });
});

it('dependencyClosure follows dependencies of dependencies', () => {
  const packages = new Map([
    ['a', { manifest: { dependencies: { b: '*', npm: '*' } } }],
    ['b', { manifest: { dependencies: { c: '*' }, devDependencies: { d: '*' } } }],
    ['c', { manifest: {} }],
  ]);
  expect(dependencyClosure('a', packages)).toEqual(['b', 'c', 'npm']);
});
