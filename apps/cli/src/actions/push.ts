import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { loadRun } from '@latentkit/experiment/node';
import { paint, printable, runCommand, talk } from '@latentkit/terminal';
import { checkRepository, hubError, openHub } from '../hub/open-hub.ts';
import { isPublished } from '../hub/published-files.ts';
import { hubFolder } from './hub-folder.ts';

export interface PushOptions {
  private?: boolean;
  license?: string;
  dryRun?: boolean;
  json?: boolean;
}

const CARD = 'README.md';
const MEGABYTE = 1e6;
const CONFLICT = 409;

/** A run, or the folder that was made of one, to a repository of the Hub. */
export async function push(place: string, repository: string, options: PushOptions): Promise<void> {
  const { private: isPrivate, dryRun = false, json = false } = options;
  checkRepository('push', repository);
  await runCommand(
    { json, leaves: 'Stopped. What was not committed is not on the Hub.' },
    async (program) => {
      const { line, signal, note } = program;
      const files = await filesOf(place, options, note);
      const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
      const told = { repository, files: files.map(({ path }) => path), bytes };
      if (dryRun) {
        if (json) process.stdout.write(`${JSON.stringify({ ...told, pushed: false })}\n`);
        else process.stdout.write(files.map(({ path, content }) => `${path}  ${content.length}\n`).join(''));
        talk(`${files.length} files, ${(bytes / MEGABYTE).toFixed(1)} MB, would go to ${repository}`);
        return;
      }
      const { calls, access } = await openHub();
      const { accessToken } = access;
      if (accessToken === undefined) {
        throw new LatentkitError(
          'E_USAGE',
          'push: HF_TOKEN is not set, and the Hub wants to know who writes',
          {
            fix: 'Make a token that may write at https://huggingface.co/settings/tokens, and: export HF_TOKEN=hf_...',
          },
        );
      }
      const repo = { type: 'model', name: repository } as const;
      line.update(() => `Sending ${files.length} files to ${repository}`);
      try {
        await calls
          .createRepo({ ...access, accessToken, repo, ...(isPrivate && { visibility: 'private' }) })
          .catch((error) => {
            if (error?.statusCode !== CONFLICT) throw error; // it is there already
          });
        const made = await calls.uploadFiles({
          ...{ ...access, accessToken, repo, abortSignal: signal, useWebWorkers: false },
          files: files.map(({ path, content }) => ({ path, content: new Blob([content]) })),
          commitTitle: 'Upload a model of Latentkit',
        });
        line.clear();
        const url = `${access.hubUrl}/${repository}`;
        if (json) {
          process.stdout.write(
            `${JSON.stringify({ ...told, pushed: true, url, commit: made?.commit.oid })}\n`,
          );
        } else if (!process.stdout.isTTY) process.stdout.write(`${url}\n`);
        talk(
          `${paint('green', 'Pushed')} ${files.length} files (${(bytes / MEGABYTE).toFixed(1)} MB): ${paint('bold', url)}`,
        );
      } catch (error) {
        signal.throwIfAborted();
        throw hubError(error, repository);
      }
    },
  );
}

interface FileToPush {
  /** With slashes. */
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** What is published of a folder; of a run, what its folder for the Hub would hold. */
async function filesOf(
  place: string,
  options: PushOptions,
  note: (text: string) => void,
): Promise<FileToPush[]> {
  if (!(await isThere(join(place, CARD)))) {
    const run = await loadRun(place);
    run.dispose();
    const files = await hubFolder(place, run, options);
    return Object.entries(files).map(([path, content]) => ({ path, content: Uint8Array.from(content) }));
  }
  if (options.license !== undefined) {
    throw new LatentkitError('E_USAGE', `push: --license is for a run; ${place} has a card already`, {
      fix: `Write it at the head of ${join(place, CARD)}: license: ${options.license}`,
    });
  }
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(place, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const left = paths.filter((path) => !isPublished(path));
  if (left.length > 0) {
    note(
      `left out, as no file of a model: ${left.slice(0, 5).map(printable).join(', ')}${left.length > 5 ? ` and ${left.length - 5} more` : ''}`,
    );
  }
  const published = paths.filter(isPublished);
  return Promise.all(
    published.map(async (path) => ({ path, content: Uint8Array.from(await readFile(join(place, path))) })),
  );
}

const isThere = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
