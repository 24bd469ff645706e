import { type ImageSet, LatentkitError } from '@latentkit/core';
import { encodeZip } from '@latentkit/formats';
import { type Codes, codeSizeOf, hasStandardPrior } from '@latentkit/models';
import { placesOf } from '../map/codes.ts';
import { drawMapSvg, type Meant } from '../map/map-svg.ts';
import { moving } from './line.ts';
import type { LookCalls, TakenFile, TakenFormat } from './messages.ts';
import {
  encodeAll,
  inTurn,
  labelBytes,
  type OpenedModel,
  placeCodes,
  SAMPLE_SEED,
  type Turns,
} from './pictures.ts';
import { URGENCY } from './turns.ts';

/** Rows that are made up at once. */
const ROWS = 1000;

type Maker = (opened: OpenedModel, take: Turns, meant: Meant) => Promise<TakenFile>;
type Files = Readonly<Record<string, Uint8Array | string>>;

/** What writes each is loaded when somebody wants it. */
const MAKERS: Readonly<Record<TakenFormat, Maker>> = {
  model: async ({ of: { spec, objective }, from: { weights, epoch } }) => {
    const { saveModel } = await import('@latentkit/models/saved');
    return zipOf('model', saveModel({ spec, weights, epoch, ...(objective && { objective }) }));
  },
  onnx: async (opened) => zipOf('onnx', (await interop()).exportOnnx(modelOf(opened))),
  keras: async (opened) => zipOf('keras', await (await interop()).exportKeras(modelOf(opened))),
  torch: async (opened) => zipOf('torch', (await interop()).exportTorch(modelOf(opened))),
  tfjs: async (opened) => zipOf('tfjs', (await interop()).exportTfjs(modelOf(opened))),
  page: mapForPage,
  csv: codesTable,
  rows: madeUpRows,
  svg: mapPicture,
};

const interop = () => import('@latentkit/interop');
const modelOf = ({ of: { spec }, from: { weights, epoch } }: OpenedModel) => ({ spec, weights, epoch });

/**
 * What is shown as a file: its model for other programs, the codes of its images as a table, or their map as a drawing.
 *
 * @throws `E_USAGE` for a model that the format has no words for, saying why.
 */
export async function takeOut(
  opened: OpenedModel,
  { format, meant = {} }: Parameters<LookCalls['takeOut']>[0],
  take: Turns,
): Promise<TakenFile> {
  const file = await MAKERS[format](opened, take, meant);
  return moving(file, [file.bytes.buffer]);
}

/** Files in a folder of the ZIP's name. */
function zipOf(name: string, files: object): TakenFile {
  const bytes = encodeZip(
    Object.entries(files as Files).map(([file, content]) => ({
      name: `${name}/${file}`,
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    })),
  );
  return { name: `${name}.zip`, bytes };
}

function codesOf({ model, of }: OpenedModel, take: Turns): Promise<Codes> {
  if (of.count > 0) return encodeAll(model, of, take);
  throw new LatentkitError('E_USAGE', 'there are no images of this run here, and without images no codes');
}

/** As `latentkit encode` writes it. */
async function codesTable(opened: OpenedModel, take: Turns): Promise<TakenFile> {
  const { labels, classNames, spec } = opened.of;
  const codes = await codesOf(opened, take);
  const { formatCodesCsv } = await import('@latentkit/experiment');
  const { name, content } = formatCodesCsv({
    ...{ ...codes, latentDim: codeSizeOf(spec) },
    ...(labels && { labels: Int32Array.from(labels) }),
    ...(classNames && { classNames }),
  });
  return { name, bytes: new TextEncoder().encode(content as string) };
}

/** As `latentkit sample --count 1000 --seed 1` writes them of a model of a table. */
async function madeUpRows(
  { model, of: { spec }, from: { weights } }: OpenedModel,
  take: Turns,
): Promise<TakenFile> {
  // What a list of imports gives is not known to be a part of them: all of the package would be in the build.
  const { decodeRows } = await import('@latentkit/experiment');
  const { encodeCsvText } = await import('@latentkit/formats');
  const label = spec.condition && { label: inTurn(spec.condition, ROWS) };
  const means = await take(URGENCY.eye, () => model.sample({ count: ROWS, seed: SAMPLE_SEED, ...label }));
  const { columns, rows, decimal } = decodeRows({ spec, weights }, means, { seed: SAMPLE_SEED });
  return { name: 'rows.csv', bytes: new TextEncoder().encode(encodeCsvText(columns, rows, { decimal })) };
}

/** What `<latentkit-map>` shows: the model, and the images that its map is of. */
async function mapForPage(opened: OpenedModel): Promise<TakenFile> {
  const { spec, images, labels, count, classNames, learnedFrom, title } = opened.of;
  const { saveModel } = await import('@latentkit/models/saved');
  const { encodeShownImages, SHOWN_IMAGES_FILE } = await import('@latentkit/experiment/store');
  const { weights, epoch } = opened.from;
  const set = { shape: spec.image, images, count, ...(labels && { labels }) } as ImageSet;
  return zipOf('map', {
    ...saveModel({ spec, weights, epoch }),
    ...(count > 0 && {
      [SHOWN_IMAGES_FILE]: encodeShownImages({ set, of: title, classNames, learnedFrom }),
    }),
  });
}

async function mapPicture(opened: OpenedModel, take: Turns, meant: Meant): Promise<TakenFile> {
  const { spec, labels, classNames } = opened.of;
  const codes = await codesOf(opened, take);
  const place = placeCodes(codes, spec);
  const told = labels && { labels: labelBytes(labels) };
  const { x, y } = placesOf(codes.mean, { latentDim: codeSizeOf(spec), ...told }, place);
  const hasRings = hasStandardPrior(spec) && place.axes.length === 2;
  const svg = drawMapSvg({ x, y, hasRings, ...told, ...(classNames && { classNames }), ...meant });
  return { name: 'latent-map.svg', bytes: new TextEncoder().encode(svg) };
}
