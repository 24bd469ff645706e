import { join } from 'node:path';
import { checkValue, listRule, type OptionRule, pathRule } from '@latentkit/core/options';
import { svgToPng } from '@latentkit/figures/node';
import { encodeCsvText } from '@latentkit/formats';
import { diskError, makeFolders, writeTogether } from '@latentkit/formats/node';
import { ANOMALY_FILES } from '../../files/run-files.ts';
import type { FoundAnomalies } from './rank-examples.ts';

const foundRule: OptionRule = {
  ...listRule,
  be: 'be what findAnomalies found',
  fits: (value) => Array.isArray(Object(value).ranked),
};

/** A file to write. */
export interface AnomalyFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * What was found as files: a ranked CSV, the picture of the oddest, a page, and the detector.
 *
 * @example
 * for (const { name, content } of await formatAnomalies(await findAnomalies('runs/first'))) await writeFile(name, content);
 */
export async function formatAnomalies(found: FoundAnomalies): Promise<AnomalyFile[]> {
  checkValue('formatAnomalies', 'found', found, foundRule);
  const { ranked, svg, html, detector } = found;
  const isLabelled = ranked.some(({ label }) => label !== undefined);
  const csv = encodeCsvText(
    ['rank', 'index', 'score', 'anomaly', ...(isLabelled ? ['label'] : [])],
    ranked.map(({ index, score, isAnomaly, label = '' }, i) => [
      ...[i + 1, index, score, isAnomaly ? 1 : 0],
      ...(isLabelled ? [label] : []),
    ]),
  );
  return [
    { name: ANOMALY_FILES.scores, content: csv },
    { name: ANOMALY_FILES.svg, content: svg },
    { name: ANOMALY_FILES.png, content: await svgToPng(svg) },
    { name: ANOMALY_FILES.report, content: html },
    { name: ANOMALY_FILES.detector, content: `${JSON.stringify(detector, null, 2)}\n` },
  ];
}

/**
 * Writes into a folder what was found, as {@link formatAnomalies}.
 *
 * @returns the paths.
 * @throws `E_IO` when the disk refuses.
 * @example
 * await writeAnomalies('odd', await findAnomalies('runs/first', { data: 'others.npy' }));
 */
export async function writeAnomalies(path: string, found: FoundAnomalies): Promise<string[]> {
  checkValue('writeAnomalies', 'path', path, pathRule);
  checkValue('writeAnomalies', 'found', found, foundRule);
  try {
    await makeFolders(path);
  } catch (cause) {
    throw diskError(path, cause);
  }
  const files = (await formatAnomalies(found)).map(({ name, content }) => ({
    path: join(path, name),
    content,
  }));
  await writeTogether(files);
  return files.map((file) => file.path);
}
