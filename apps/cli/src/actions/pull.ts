import { join } from 'node:path';
import { formatBytes, LatentkitError } from '@latentkit/core';
import { sha256Hex } from '@latentkit/formats';
import { writeTogether } from '@latentkit/formats/node';
import { paint, printable, runCommand, talk } from '@latentkit/terminal';
import { checkRepository, type Hub, hubError, openHub } from '../hub/open-hub.ts';
import { isPublished } from '../hub/published-files.ts';
import { checkFree, inFolder, makeOutFolder } from '../out-folder.ts';

export interface PullOptions {
  out?: string;
  revision?: string;
  force?: boolean;
  json?: boolean;
}

const MOST_BYTES = 2e9;
const MOST_FILES = 1000;

/** The files of a model that lie in a repository of the Hub, into a folder. */
export async function pull(repository: string, options: PullOptions): Promise<void> {
  checkRepository('pull', repository);
  const { out = repository.slice(repository.indexOf('/') + 1), force, json = false } = options;
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, async ({ line, signal, note }) => {
    line.update(() => `Asking for ${repository}`);
    const hub = await openHub();
    try {
      const { files, left } = await list(hub, repository, options);
      if (left > 0) note(`${left} other files of the repository are left there`);
      await checkFree(out, [...new Set(files.map(({ path }) => path.split('/')[0]!))], { force });
      const written: { path: string; content: Uint8Array }[] = [];
      for (const file of files) {
        signal.throwIfAborted();
        line.update(() => `${written.length} of ${files.length} files`);
        written.push({ path: join(out, file.path), content: await download(hub, repository, file, options) });
      }
      line.clear();
      await inFolder(makeOutFolder(out), () => writeTogether(written));
      const paths = written.map(({ path }) => path);
      if (json) process.stdout.write(`${JSON.stringify({ repository, folder: out, files: paths })}\n`);
      else if (!process.stdout.isTTY) process.stdout.write(`${out}\n`);
      talk(`${paint('green', 'Pulled')} ${files.length} files into ${paint('bold', printable(out))}`);
    } catch (error) {
      signal.throwIfAborted();
      throw hubError(error, repository);
    }
  });
}

interface HubFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256 of large files. */
  readonly hash: string | undefined;
}

/** What it holds of a model; paths that are no plain names are none of it, and never written. */
async function list(
  { calls, access }: Hub,
  repository: string,
  { revision }: PullOptions,
): Promise<{ files: HubFile[]; left: number }> {
  const files: HubFile[] = [];
  let left = 0;
  const repo = { type: 'model', name: repository } as const;
  for await (const entry of calls.listFiles({
    ...access,
    repo,
    recursive: true,
    ...(revision && { revision }),
  })) {
    if (entry.type !== 'file') continue;
    if (!isPublished(entry.path)) left++;
    else files.push({ path: entry.path, size: entry.lfs?.size ?? entry.size, hash: entry.lfs?.oid });
    if (files.length + left > MOST_FILES) {
      throw new LatentkitError(
        'E_LIMIT',
        `${repository} holds more than ${MOST_FILES} files: it is no model of Latentkit`,
      );
    }
  }
  if (!files.some(({ path }) => path !== 'README.md' && path !== '.gitattributes')) {
    throw new LatentkitError('E_NOT_FOUND', `${repository} holds no model that Latentkit reads`, {
      fix: 'Expected what latentkit push writes: model.safetensors, onnx/, *.keras',
    });
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES) {
    const most = formatBytes(MOST_BYTES);
    throw new LatentkitError(
      'E_LIMIT',
      `${repository} is ${formatBytes(bytes)}, and ${most} are taken at most`,
    );
  }
  return { files, left };
}

async function download(
  { calls, access }: Hub,
  repository: string,
  { path, size, hash }: HubFile,
  { revision }: PullOptions,
): Promise<Uint8Array> {
  const repo = { type: 'model', name: repository } as const;
  const blob = await calls.downloadFile({ ...access, repo, path, ...(revision && { revision }) });
  const content = new Uint8Array((await blob?.arrayBuffer()) ?? []);
  const isWhole = content.length === size && (hash === undefined || sha256Hex(content) === hash);
  if (isWhole) return content;
  throw new LatentkitError('E_CHECKSUM', `${repository}: ${path} came other than the Hub says it is`, {
    fix: 'The same command asks for it anew',
  });
}
