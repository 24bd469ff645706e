import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

function importsOf(url: URL, seen: Map<string, string[]>): Map<string, string[]> {
  if (seen.has(url.href)) return seen;
  const source = readFileSync(url, 'utf8');
  const found = [...source.matchAll(/(?:from|import) '([^']+)'/g)].map((match) => match[1]!);
  seen.set(url.href, found);
  for (const path of found) if (path.startsWith('.')) importsOf(new URL(path, url), seen);
  return seen;
}

describe('the main entry', () => {
  it('imports nothing of Node, so that it works in browsers', () => {
    const imports = [...importsOf(new URL('./index.ts', import.meta.url), new Map()).values()].flat();
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.filter((path) => path.startsWith('node:'))).toEqual([]);
  });
});
