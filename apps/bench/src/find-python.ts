import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { LatentkitError } from '@latentkit/core';

/** What an engine in Python imports, and what pip is told to install for it. */
export interface PythonNeeds {
  readonly modules: readonly string[];
  readonly packages: string;
}

export interface FindPythonOptions {
  /** Interpreters in the order of preference; by default the one of Debian's packages. */
  files?: readonly string[];
  /** Which of some modules an interpreter has; it asks the interpreter by default. */
  modulesOf?: (file: string, modules: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** An interpreter for each engine that has one, and for the others why not and what helps. */
export interface FoundPythons<Engine extends string> {
  readonly pythons: ReadonlyMap<Engine, string>;
  readonly notes: readonly string[];
}

const DEBIAN_PYTHON = '/usr/bin/python3'; // the one that Debian's python3-torch belongs to

/**
 * For each engine the first interpreter that has its modules.
 *
 * @throws `E_USAGE` when a named file is no interpreter of Python.
 * @example
 * const { pythons } = await findPythons({ jax: { modules: ['jax'], packages: 'jax' } }, { files: ['peers/bin/python'] });
 * pythons.get('jax'); // 'peers/bin/python', or undefined
 */
export async function findPythons<Engine extends string>(
  needs: Readonly<Partial<Record<Engine, PythonNeeds>>>,
  { files, modulesOf = askForModules }: FindPythonOptions = {},
): Promise<FoundPythons<Engine>> {
  const wanted = Object.entries(needs) as [Engine, PythonNeeds][];
  if (wanted.length === 0) return { pythons: new Map(), notes: [] };
  const modules = wanted.flatMap(([, need]) => need.modules);
  const candidates = files ?? [existsSync(DEBIAN_PYTHON) ? DEBIAN_PYTHON : 'python3'];
  const had = await Promise.all(
    candidates.map(async (file) => {
      try {
        return { file, modules: await modulesOf(file, modules) };
      } catch (cause) {
        if (files === undefined) return { file, modules: new Set<string>() }; // nobody asked for it
        throw new LatentkitError('E_USAGE', `bench: --python ${file} is no interpreter of Python`, {
          fix: 'Name the file that runs Python, as peers/bin/python of a venv called peers',
          cause,
        });
      }
    }),
  );
  const pythons = new Map<Engine, string>();
  const notes: string[] = [];
  for (const [engine, { modules, packages }] of wanted) {
    const found = had.find((one) => modules.every((name) => one.modules.has(name)));
    if (found) pythons.set(engine, found.file);
    else {
      const how = `python3 -m venv peers && peers/bin/pip install ${packages}; then --python peers/bin/python`;
      notes.push(`${engine} is left out: no ${modules.join(' and ')} in ${candidates.join(', ')}. ${how}`);
    }
  }
  return { pythons, notes };
}

/** Looks for modules without importing them, which would take seconds. */
const PROBE =
  'import importlib.util, json, sys; print(json.dumps([m for m in sys.argv[1:] if importlib.util.find_spec(m)]))';

async function askForModules(file: string, modules: readonly string[]): Promise<ReadonlySet<string>> {
  const { stdout } = await promisify(execFile)(file, ['-c', PROBE, ...modules], { timeout: 30_000 });
  return new Set(JSON.parse(stdout) as string[]);
}
