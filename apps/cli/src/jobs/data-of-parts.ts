import { basename, dirname, join, resolve } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { missingPath, RUN_FILES } from '@latentkit/experiment/node';
import { isThere } from '@latentkit/formats/node';
import type { JobData } from '@latentkit/jobs';
import { type Allowed, isUrl } from './allowed.ts';
import { fingerprintUrl } from './fetch-rows.ts';
import { fingerprintPath } from './fingerprint-path.ts';

/** A run and data, as they are said on the command line. */
export interface PartsSource {
  readonly data?: string | undefined;
  readonly labels?: string | undefined;
  readonly clean?: string | undefined;
  readonly dataset?: string | undefined;
  readonly dataDir?: string | undefined;
}

/** The same as jobs name them, and what has to be allowed for them here. */
export interface DataOfParts {
  readonly allowed: Allowed;
  /** Fields of a payload. */
  readonly of: {
    readonly run: string;
    readonly weights: string;
    readonly dataset?: string;
    readonly labels?: string;
  };
  readonly data?: JobData;
  readonly clean?: JobData;
}

/**
 * What jobs are told of a run and its data: names without folders, and what they are to the last bit.
 *
 * @throws `E_USAGE` for files that do not lie in one folder; `E_NOT_FOUND` for a run without weights.
 */
export async function dataOfParts(
  command: string,
  directory: string,
  { data, labels, clean, dataset, dataDir }: PartsSource,
  signal: AbortSignal,
): Promise<DataOfParts> {
  const run = resolve(directory);
  const isRemote = data !== undefined && isUrl(data);
  const files = [isRemote ? undefined : data, labels, clean].filter((file) => file !== undefined);
  const folders = new Set([
    ...files.map((file) => dirname(resolve(file))),
    ...(dataDir === undefined ? [] : [resolve(dataDir)]),
  ]);
  if (folders.size > 1) {
    throw new LatentkitError(
      'E_USAGE',
      `${command}: with shards, all data must lie beside each other: ${[...folders].join(', ')}`,
      {
        fix: 'Workers find them in one folder',
      },
    );
  }
  const weights = await fingerprintPath(join(run, RUN_FILES.weights)).catch((cause) => {
    throw new LatentkitError('E_NOT_FOUND', `${directory} has no ${RUN_FILES.weights}`, {
      fix: 'Name the folder that a finished run printed at its end',
      cause,
    });
  });
  if (labels !== undefined) await requireThere(labels);
  const [folder] = folders;
  const known = async (file: string) => {
    await requireThere(file);
    return { name: basename(file), fingerprint: await fingerprintPath(resolve(file)) };
  };
  return {
    allowed: {
      runs: dirname(run),
      ...(folder !== undefined && { data: folder }),
      ...(isRemote && { urls: [data] }),
    },
    of: {
      ...{ run: basename(run), weights },
      ...(dataset !== undefined && { dataset }),
      ...(labels !== undefined && { labels: basename(labels) }),
    },
    ...(data !== undefined && {
      data: isRemote ? { name: data, fingerprint: await fingerprintUrl(data, signal) } : await known(data),
    }),
    ...(clean !== undefined && { clean: await known(clean) }),
  };
}

/** A job's own word for it would be that of a worker somewhere. */
async function requireThere(file: string): Promise<void> {
  if (await isThere(file)) return;
  throw await missingPath(file, {
    files: true,
    fix: 'Name a file or folder that is there, as train reads them',
  });
}
