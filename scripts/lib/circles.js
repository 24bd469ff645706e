import { posix } from 'node:path';
import { readImports } from './source-text.js';

/**
 * Files of one package that import each other in a circle, a sentence for each circle. Imports of types count as well:
 * they vanish from what runs, yet whoever reads one of the files must know them all.
 *
 * @param {{ folder: string, files: Record<string, string> }[]} packages source texts by path inside each package's folder.
 * @returns {string[]}
 */
export function findCircles(packages) {
  return packages.flatMap(({ folder, files }) => {
    const imports = new Map(Object.keys(files).map((path) => [path, importedFiles(path, files)]));
    return findStronglyConnected(imports)
      .filter(([first, ...others]) => others.length > 0 || imports.get(first).includes(first))
      .map((members) => `${folder}: a circle of files: ${shortestCircle(members, imports).join(' -> ')}`);
  });
}

/** The package's own files that one of them imports, by path. */
export function importedFiles(path, files) {
  return readImports(files[path])
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'))
    .filter((target) => files[target] !== undefined);
}

/** Tarjan's algorithm (1972), each component's members as they were found. */
function findStronglyConnected(graph) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const components = [];
  const visit = (node) => {
    index.set(node, index.size);
    low.set(node, index.get(node));
    stack.push(node);
    for (const next of graph.get(node)) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) === index.get(node)) components.push(stack.splice(stack.indexOf(node)));
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return components;
}

/** From the component's first file back to itself in as few steps as there are. */
function shortestCircle(members, graph) {
  const first = members[0];
  const paths = [[first]];
  const seen = new Set();
  for (const path of paths) {
    for (const next of graph.get(path.at(-1))) {
      if (next === first) return [...path, first];
      if (!members.includes(next) || seen.has(next)) continue;
      seen.add(next);
      paths.push([...path, next]);
    }
  }
  throw new Error(`no way from ${first} back to itself`); // strongly connected files have one
}
