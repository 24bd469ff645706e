import { describe, expect, it } from 'vitest';
import { findCircles } from './circles.js';

/** A package whose files import what is listed beside them. */
function packageOf(imports, statement = (target) => `import '${target}';`) {
  const files = Object.entries(imports).map(([path, targets]) => [path, targets.map(statement).join('\n')]);
  return [{ folder: 'packages/one', files: Object.fromEntries(files) }];
}

describe('findCircles', () => {
  it('finds none where imports run one way, also twice to one file', () => {
    const diamond = { 'src/a.ts': ['./b.ts', './c.ts'], 'src/b.ts': ['./d.ts'], 'src/c.ts': ['./d.ts'] };
    expect(findCircles(packageOf({ ...diamond, 'src/d.ts': [] }))).toEqual([]);
  });

  it('prints a circle from file to file, across folders', () => {
    const files = { 'src/a.ts': ['./sub/b.ts'], 'src/sub/b.ts': ['./c.ts'], 'src/sub/c.ts': ['../a.ts'] };
    expect(findCircles(packageOf(files))).toEqual([
      'packages/one: a circle of files: src/a.ts -> src/sub/b.ts -> src/sub/c.ts -> src/a.ts',
    ]);
  });

  it.each([
    ['type imports', (target) => `import type { A } from '${target}';`],
    ['types in place', (target) => `let a: import('${target}').A;`],
    ['re-exports', (target) => `export * from '${target}';`],
    ['imports by their name in dist', (target) => `import { a } from '${target.replace('.ts', '.js')}';`],
    ['lazy imports', (target) => `const { a } = await import('${target}');`],
  ])('counts %s', (_kind, statement) => {
    expect(findCircles(packageOf({ 'a.ts': ['./b.ts'], 'b.ts': ['./a.ts'] }, statement))).toHaveLength(1);
  });

  it('counts a file that imports itself', () => {
    expect(findCircles(packageOf({ 'a.ts': ['./a.ts'] }))).toEqual([
      'packages/one: a circle of files: a.ts -> a.ts',
    ]);
  });

  it('tells two circles apart, and prints the short way through a knot', () => {
    const knot = { 'a.ts': ['./b.ts'], 'b.ts': ['./c.ts', './a.ts'], 'c.ts': ['./a.ts'] };
    const pair = { 'x.ts': ['./y.ts', './a.ts'], 'y.ts': ['./x.ts'] };
    expect(findCircles(packageOf({ ...knot, ...pair }))).toEqual([
      'packages/one: a circle of files: a.ts -> b.ts -> a.ts',
      'packages/one: a circle of files: x.ts -> y.ts -> x.ts',
    ]);
  });
});
