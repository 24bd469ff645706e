import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LatentkitError, shorten } from '@latentkit/core';

/** What a worker's flags allow its jobs: said when it is started, never by a job. */
export interface Allowed {
  /** The folder in which runs lie. */
  readonly runs?: string;
  /** The folder in which data lie. */
  readonly data?: string;
  /** What URLs of data begin with. */
  readonly urls?: readonly string[];
}

/** Parts of a path that stays where it begins. */
const NAME = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^/\\\0][^\\\0]{0,999}$/;

/**
 * Where something of an allowed folder lies.
 *
 * @throws `E_USAGE` for a name that leads out of it, also by a link, and where nothing is allowed; `E_NOT_FOUND` for one that is not there.
 */
export async function findAllowed(folder: string | undefined, name: string, flag: string): Promise<string> {
  const refuse = (words: string, fix: string) =>
    new LatentkitError('E_USAGE', `this worker does not open '${shorten(name)}': ${words}`, { fix });
  if (folder === undefined) throw refuse(`it was started without ${flag}`, `Start it with ${flag} FOLDER`);
  if (!NAME.test(name))
    throw refuse(`it is no name inside the folder of ${flag}`, 'Name what lies in that folder');
  const [home, path] = await Promise.all([realpath(folder), realpath(join(folder, name))]).catch((cause) => {
    throw new LatentkitError(
      'E_NOT_FOUND',
      `this worker has no '${shorten(name)}' in its folder of ${flag}`,
      {
        fix: 'Workers need the same folders as who hands in the jobs',
        cause,
      },
    );
  });
  const way = relative(home, path);
  if (way === '..' || way.startsWith(`..${sep}`))
    throw refuse(`a link leads out of the folder of ${flag}`, 'Copy it there');
  return path;
}

/**
 * A URL that is allowed.
 *
 * @throws `E_USAGE` for another one.
 */
export function checkAllowedUrl(urls: readonly string[] | undefined, name: string): string {
  // By its parts: a text that begins alike may mean another host.
  const url = new URL(name);
  const isIn = (urls ?? []).some((prefix) => {
    const home = new URL(prefix);
    const isBelow =
      url.pathname === home.pathname || url.pathname.startsWith(home.pathname.replace(/\/?$/, '/'));
    return url.protocol === home.protocol && url.host === home.host && isBelow;
  });
  if (isIn) return name;
  throw new LatentkitError(
    'E_USAGE',
    `this worker fetches nothing from ${shorten(url.origin + url.pathname)}`,
    {
      fix: 'Start it with --allow-url and what such addresses begin with',
    },
  );
}

/** Whether data are named by an address. */
export function isUrl(name: string): boolean {
  return /^(?:https?|s3):\/\//.test(name);
}
