import { describe, expect, it } from 'vitest';
import { findBreaches } from './lib/floors.js';

/** A package in memory: its short name, what it declares, and its files by path. */
function packageOf(name, dependencies, files, more = {}) {
  const manifest = {
    name: name === 'latentkit' ? name : `@latentkit/${name}`,
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '*'])),
    exports: { '.': { default: './dist/index.js' }, './node': { default: './dist/node.js' } },
    ...more,
  };
  return { folder: `packages/${name}`, manifest, files };
}

const breachesOf = (...args) => findBreaches([packageOf(...args)]);
const CORE = ['@latentkit/core'];
const TFJS = ['@tensorflow/tfjs-core'];

describe('findBreaches', () => {
  it('finds nothing wrong with an import downwards', () => {
    const files = {
      'src/index.ts': "import { Stream } from '@latentkit/core';\nexport { a } from './a.ts';",
    };
    expect(breachesOf('losses', CORE, files)).toEqual([]);
  });

  it.each([
    ['a static import', "import { fit } from '@latentkit/trainers';"],
    ['an import over several lines', "import {\n  fit,\n} from '@latentkit/trainers';"],
    ['an import for its effects', "import '@latentkit/trainers';"],
    ['a dynamic import', "const { fit } = await import('@latentkit/trainers');"],
    ['a type import', "import type { Fit } from '@latentkit/trainers';"],
    ['a type in place', "let fit: import('@latentkit/trainers').Fit;"],
    ['a re-export', "export * from '@latentkit/trainers';"],
    ['a subpath', "import { fit } from '@latentkit/trainers/node';"],
  ])('finds %s that goes upwards', (_claim, text) => {
    const breaches = breachesOf('models', [...CORE, '@latentkit/trainers'], { 'src/index.ts': text });
    expect(breaches).toContain(
      'packages/models/src/index.ts: may not import @latentkit/trainers: imports go strictly downwards',
    );
  });

  it('finds an import between neighbours of one floor', () => {
    const files = { 'src/a.ts': "import { batches } from '@latentkit/datasets';" };
    expect(breachesOf('figures', ['@latentkit/datasets'], files).join()).toContain(
      'imports go strictly downwards',
    );
  });

  it('finds a dependency that is only declared', () => {
    expect(breachesOf('core', ['@latentkit/formats'], {})).toEqual([
      'packages/core/package.json: may not import @latentkit/formats: imports go strictly downwards',
    ]);
  });

  it('reads no imports in comments', () => {
    const files = {
      'src/index.ts': "// import '@latentkit/cli';\n/** import 'node:fs'; */\nexport const a = 1;",
    };
    expect(breachesOf('core', [], files)).toEqual([]);
  });

  it('finds an import that package.json does not declare', () => {
    expect(breachesOf('losses', [], { 'src/a.ts': "import '@latentkit/core';" })).toEqual([
      'packages/losses/src/a.ts: imports @latentkit/core, which its package.json does not declare',
    ]);
  });

  it('keeps testing in the tests', () => {
    const text = "import { expectGradient } from '@latentkit/testing';";
    const more = { devDependencies: { '@latentkit/testing': '*' } };
    expect(breachesOf('losses', [], { 'src/a.test.ts': text }, more)).toEqual([]);
    expect(breachesOf('losses', [], { 'src/testing/rows.ts': text }, more)).toEqual([]);
    expect(breachesOf('losses', [], { 'src/a.ts': text }, more).join()).toContain('for tests only');
    expect(breachesOf('losses', ['@latentkit/testing'], {}).join()).toContain('for tests only');
  });

  it.each(['projections', 'figures', 'datasets', 'formats', 'kernels'])('keeps tfjs out of %s', (name) => {
    const files = { 'src/a.ts': "import { tensor } from '@tensorflow/tfjs-core';" };
    expect(breachesOf(name, TFJS, files).join()).toContain('people without tfjs');
  });

  it('lets losses stand on core and tfjs-core alone', () => {
    expect(breachesOf('losses', [...CORE, ...TFJS], {})).toEqual([]);
    expect(breachesOf('losses', ['@latentkit/formats'], {}).join()).toContain('alone');
    expect(breachesOf('losses', ['valibot'], {}).join()).toContain('alone');
  });

  it('keeps node: modules behind the Node entry', () => {
    const files = {
      'src/index.ts': "import './shared.ts';",
      'src/shared.ts': "import 'node:path';",
      'src/node.ts': "import './shared.ts';\nimport './disk.ts';\nimport './node/run.ts';",
      'src/disk.ts': "import { open } from 'node:fs/promises';",
      'src/node/run.ts': "import 'fs';",
      'src/orphan.ts': "import 'node:os';",
      'src/disk.test.ts': "import 'node:fs';",
    };
    expect(breachesOf('datasets', [], files)).toEqual([
      'packages/datasets/src/shared.ts: node:path belongs behind a src/node.ts entry',
      'packages/datasets/src/orphan.ts: node:os belongs behind a src/node.ts entry',
    ]);
    expect(breachesOf('cli', [], files)).toEqual([]);
  });

  it('keeps console out of the packages', () => {
    expect(breachesOf('core', [], { 'src/a.ts': 'console.log(1);' }).join()).toContain('belongs in the apps');
    expect(breachesOf('core', [], { 'src/a.ts': "const a = 'console.log'; // console.log" })).toEqual([]);
    expect(breachesOf('cli', [], { 'src/a.ts': 'console.log(1);' })).toEqual([]);
  });

  it('lets the umbrella package re-export and nothing else', () => {
    const text = "/** All. */\nexport * from '@latentkit/core';\nexport type { A } from '@latentkit/core';\n";
    expect(breachesOf('latentkit', CORE, { 'src/index.ts': text })).toEqual([]);
    expect(breachesOf('latentkit', CORE, { 'src/index.ts': `${text}export const a = 1;` }).join()).toContain(
      're-exports only',
    );
  });

  it('lets a test import its own package by name', () => {
    const text = "import { kl } from '@latentkit/losses';";
    expect(breachesOf('losses', [], { 'src/a.test.ts': text })).toEqual([]);
    expect(breachesOf('losses', [], { 'src/a.ts': text })).not.toEqual([]);
  });

  it('asks for a floor for every new package', () => {
    expect(breachesOf('vision', [], {}).join()).toContain('has no floor');
  });
});
