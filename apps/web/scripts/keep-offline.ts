import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'service-worker.js';
/** Files that no page asks for. */
const ASIDE = [NAME, '_headers', 'licenses.txt'];

/**
 * Writes the service worker into the build, with the names of all files that are there and a version that is another one when any of them
 * changes. Done last: workers and what is copied as it is are in no list of Vite's.
 */
export function keepOffline(source: string): Plugin {
  let folder = '';
  return {
    name: 'keep-offline',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir);
      if (build.outDir.startsWith(sep)) folder = build.outDir;
    },
    closeBundle() {
      const files = filesIn(folder).filter((name) => !ASIDE.includes(name));
      const text = readFileSync(source, 'utf8');
      const hash = createHash('sha256').update(text);
      for (const name of files) hash.update(name).update(readFileSync(join(folder, name)));
      const version = hash.digest('hex').slice(0, 16);
      const head = `const FILES = ${JSON.stringify(files)};\nconst VERSION = ${JSON.stringify(version)};\n`;
      writeFileSync(join(folder, NAME), head + text);
    },
  };
}

/** By their paths from the folder on, in one order everywhere. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll(sep, '/'))
    .sort();
