import { readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { didYouMean, LatentkitError } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  flagRule,
  type OptionRules,
  pathRule,
  textRule,
} from '@latentkit/core/options';
import { isThere } from '@latentkit/formats/node';

export interface MissingPathOptions {
  /** Whether a file may have been meant, too. */
  files?: boolean;
  /** What to do where nothing has a name like it. */
  fix?: string;
}

const RULES: OptionRules<MissingPathOptions> = { files: flagRule, fix: textRule };

/** Where runs lie by default: whoever names one may leave it out. */
const USUAL = 'runs';

/**
 * An `E_NOT_FOUND` for a path that is not there, and what may have been meant: the nearest name that is, or a run in `runs`.
 *
 * @example
 * throw await missingPath('runs/frist'); // there is no folder runs/frist. Did you mean 'runs/first'?
 */
export async function missingPath(path: string, options: MissingPathOptions = {}): Promise<LatentkitError> {
  checkValue('missingPath', 'path', path, pathRule);
  checkOptions('missingPath', options, RULES);
  const { files = false, fix } = options;
  const meant = await nearestPath(path, files);
  return new LatentkitError('E_NOT_FOUND', `there is no ${files ? '' : 'folder '}${path}`, {
    fix: meant === undefined ? fix : `Did you mean '${meant}'?`,
  });
}

async function nearestPath(path: string, files: boolean): Promise<string | undefined> {
  if (!isAbsolute(path) && (await isThere(join(USUAL, path)))) return join(USUAL, path);
  // The first part that is not there is the one that is misspelt.
  let [above, name, below] = [dirname(path), basename(path), ''];
  while (!(await isThere(above)) && dirname(above) !== above) {
    [above, name, below] = [dirname(above), basename(above), join(name, below)];
  }
  const entries = await readdir(above, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => files || !entry.isFile()).map((entry) => entry.name);
  const [, meant] = /^Did you mean '(.*)'\?$/s.exec(didYouMean(name, names)) ?? [];
  const nearest = meant && join(above, meant, below);
  return nearest && (await isThere(nearest)) ? nearest : undefined;
}
