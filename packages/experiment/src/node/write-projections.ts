import { join } from 'node:path';
import { checkValue, having, pathRule } from '@latentkit/core/options';
import { plotProjections } from '@latentkit/figures';
import { svgToPng } from '@latentkit/figures/node';
import { encodeCsv } from '@latentkit/formats';
import { diskError, makeFolders, removeAbandoned, writeTogether } from '@latentkit/formats/node';
import { PROJECTION_FILES } from '../files/run-files.ts';
import type { ProjectedMap } from '../projection/project-points.ts';
import { qualityRow } from '../projection/quality-row.ts';

export interface ProjectionReport {
  maps: readonly ProjectedMap[];
  labels?: ArrayLike<number>;
  classNames?: readonly string[];
  /** Of points of a file: where each stands in it, from 0, where they are not all of it in its order. */
  places?: ArrayLike<number>;
  title?: string;
}

const reportRule = having('what projectPoints made', { maps: 'object' });

/**
 * Writes into a folder, over maps that are there, a figure of the maps side by side, their coordinates (`index`, in its file where there is one, `label` if there are labels, by name where classes have some, and `<method>_x`,
 * `<method>_y`), and how good each is: a JSON array, a line a method.
 *
 * @throws `E_IO` when the disk refuses.
 */
export async function writeProjections(path: string, report: ProjectionReport): Promise<void> {
  checkValue('writeProjections', 'path', path, pathRule);
  checkValue('writeProjections', 'report', report, reportRule);
  try {
    await makeFolders(path);
    await removeAbandoned(path, Object.values(PROJECTION_FILES));
  } catch (cause) {
    throw diskError(path, cause);
  }
  const svg = drawProjections(report);
  const rows = report.maps.map((map) => `  ${JSON.stringify(qualityRow(map))}`);
  const contents: [name: string, content: string | Uint8Array][] = [
    [PROJECTION_FILES.coordinates, coordinatesOf(report)],
    [PROJECTION_FILES.quality, `[\n${rows.join(',\n')}\n]\n`],
    [PROJECTION_FILES.svg, svg],
    [PROJECTION_FILES.png, await svgToPng(svg)],
  ];
  await writeTogether(contents.map(([name, content]) => ({ path: join(path, name), content })));
}

function drawProjections({ maps, labels, classNames, title }: ProjectionReport): string {
  const shown = maps.map(({ title, embedding, quality }) => ({
    name: title,
    embedding,
    ...(quality && { note: `trustworthiness ${quality.trustworthiness.toFixed(3)}` }),
  }));
  return plotProjections(shown, { labels, classNames, title });
}

function coordinatesOf({ maps, labels, classNames, places }: ProjectionReport): string {
  const count = maps[0]!.embedding.length / 2;
  const texts = labels && {
    ...{ at: 1, name: 'label' },
    cells: Array.from(labels, (label) => (classNames ? (classNames[label] ?? '') : String(label))),
  };
  const columns = ['index', ...maps.flatMap(({ method }) => [`${method}_x`, `${method}_y`])];
  const data = new Float64Array(count * columns.length);
  let at = 0;
  for (let i = 0; i < count; i++) {
    data[at++] = places?.[i] ?? i;
    for (const { embedding } of maps) {
      data[at++] = shorten(embedding[2 * i]!);
      data[at++] = shorten(embedding[2 * i + 1]!);
    }
  }
  return encodeCsv({ shape: [count, columns.length], data }, { columns, texts });
}

/** As many digits as float32 has. */
function shorten(value: number): number {
  return Number(value.toPrecision(7));
}
