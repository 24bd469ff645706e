import { join } from 'node:path';
import { formatBytes, LatentkitError, pixelCount } from '@latentkit/core';
import type { ImportSetsOptions } from '@latentkit/datasets/import';
import {
  filesOf,
  isPackedSet,
  nodeImageDecoder,
  type PackManifest,
  packFiles,
} from '@latentkit/datasets/node';
import { importNotes } from '@latentkit/experiment';
import { missingPath } from '@latentkit/experiment/node';
import { isThere } from '@latentkit/formats/node';
import {
  formatCount,
  formatDuration,
  paint,
  printable,
  quoteArgument,
  runCommand,
  talk,
} from '@latentkit/terminal';
import { withFoundSource } from '../found-source.ts';
import type { ModelOptions } from '../options.ts';
import { createReadingView } from '../output/reading-view.ts';

export interface PackCommandOptions
  extends Pick<
    ModelOptions,
    'dataset' | 'size' | 'channels' | 'fit' | 'background' | 'labelColumn' | 'strict'
  > {
  out: string;
  json?: boolean;
}

/** Decodes images into a folder that is trained from. */
export async function pack(data: string, options: PackCommandOptions): Promise<void> {
  const started = performance.now();
  const { out, json = false, dataset: source, strict, ...looks } = options;
  if (!(await isThere(data))) throw await missingPath(data, { files: true });
  if (await isPackedSet(data)) {
    throw new LatentkitError('E_USAGE', `pack: ${data} is packed already`, {
      fix: `Train from it: train --data ${quoteArgument(data)}`,
    });
  }
  const found = await withFoundSource({ data, ...(source && { dataset: source }) });
  if (found.dataset === 'table') {
    throw new LatentkitError(
      'E_USAGE',
      `pack: ${data} is a table of columns, and only images of bytes are packed`,
      { fix: `Train from it as it is: train --data ${quoteArgument(data)}` },
    );
  }
  await runCommand({ json, leaves: 'Stopped; nothing was written.' }, async ({ line, signal, note }) => {
    const manifest = await packFiles(filesOf(data), {
      ...({ source, ...looks } as Pick<ImportSetsOptions, 'source' | 'channels' | 'fit' | 'background'>), // looked at there
      ...{ out, strict, signal, decode: nodeImageDecoder() },
      onProgress: createReadingView(line),
      onWritten: (images, of) => line.update(() => `Writing ${Math.floor((100 * images) / of)}%`),
    });
    line.clear();
    for (const text of importNotes(manifest.report, data)) note(text);
    const facts = factsOf(out, manifest);
    const { shape, parts, bytes } = facts;
    const counts = Object.entries(parts).map(([part, count]) => `${formatCount(count)} of ${part}`);
    talk(
      `Images of ${shape.height} x ${shape.width} x ${shape.channels}: ${counts.join(', ')}; ${formatBytes(bytes)}`,
    );
    if (json) process.stdout.write(`${JSON.stringify(facts)}\n`);
    else if (!process.stdout.isTTY) process.stdout.write(`${out}\n`);
    const seconds = formatDuration((performance.now() - started) / 1000);
    talk(`${paint('green', 'Done')} in ${seconds}. Wrote ${paint('bold', printable(out))}`);
  });
}

function factsOf(out: string, { shape, parts, classNames, report }: PackManifest) {
  const all = Object.entries(parts);
  return {
    ...{ out, shape, parts: Object.fromEntries(all.map(([part, { count }]) => [part, count])) },
    ...(classNames && { classNames }),
    bytes: all.reduce((sum, [, { count }]) => sum + count * pixelCount(shape), 0),
    files: all.flatMap(([, { shards, labels }]) =>
      [...shards, ...(labels ? [labels] : [])].map(({ file }) => join(out, file)),
    ),
    skipped: report.skipped,
  };
}
