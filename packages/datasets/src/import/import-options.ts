import { LatentkitError, shorten } from '@latentkit/core';
import {
  anything,
  flagRule,
  functionRule,
  type OptionRules,
  oneOf,
  signalRule,
} from '@latentkit/core/options';
import type { TableColumn } from '@latentkit/core/table';
import type { ColumnUse, MissingPolicy } from '../table/choose-columns.ts';
import type { Background, Fit } from './fit-image.ts';
import { MOST_SIDE, type PictureSize } from './image-size.ts';
import type { DecodeImage } from './image-store.ts';
import type { ImportProgress } from './import-report.ts';
import { type ImportSource, SOURCES } from './import-source.ts';
import type { ImportLimits } from './unpack-files.ts';

/** How files become examples. */
export interface ImportSetsOptions {
  /** What alone is to be read: images, arrays of a kind, or a table; by default whatever is there, images before arrays, and arrays before tables. */
  source?: ImportSource;
  /** Decodes JPEG and WebP, as `createImageDecoder` does; PNG, GIF and BMP are read without it. */
  decode?: DecodeImage;
  /** Of all images: the side of a square, or both sides; by default the one that they have. Of rows of numbers, what a row shows. */
  size?: number | PictureSize;
  /** Grey or RGB; by default RGB where any image has colour. */
  channels?: 1 | 3 | 'auto';
  /** How images of another shape are brought to the size; by default what is too long is cut off. */
  fit?: Fit;
  /** What lies behind transparent parts, and around images that are padded; white by default. */
  background?: Background;
  /** Whether folders are classes, as they are by default. */
  labels?: 'folders' | 'none';
  /** The column of a table, or of metadata.csv, that has the classes, its name or its place from 0, where that is not to be found out. */
  labelColumn?: string | number;
  /** Of a table: how columns are read, by their names, where their cells do not say. */
  uses?: Readonly<Record<string, ColumnUse>>;
  /** Of a table: what becomes of missing cells, an error by default. */
  missing?: MissingPolicy;
  /** Of a CSV: the character between its cells; by default the comma, semicolon, tab or bar that cuts its first rows evenly. */
  delimiter?: string;
  /** Of a CSV: what stands before decimals; by default a comma where the first rows show one. */
  decimal?: '.' | ',';
  /** Of a CSV: whether its first row names the columns; by default found out, and told where it is a guess. */
  header?: boolean;
  /** Of a table: its columns as a model reads them; by default what the rows to learn from say. */
  columns?: readonly TableColumn[];
  /** Refuses all for one image that cannot be read, which is left out otherwise. */
  strict?: boolean;
  limits?: Partial<ImportLimits>;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
}

export const IMPORT_RULES: OptionRules<ImportSetsOptions> = {
  source: oneOf(...SOURCES),
  decode: functionRule,
  size: anything, // looked at below
  channels: {
    be: "be 1, 3 or 'auto'",
    code: 'E_RANGE',
    fits: (value) => [1, 3, 'auto'].includes(value as number),
  },
  fit: oneOf('crop', 'pad', 'stretch'),
  background: oneOf('white', 'black'),
  labels: oneOf('folders', 'none'),
  labelColumn: anything, // parseCsv looks at it
  uses: anything, // looked at below
  missing: oneOf('error', 'drop', 'mean'),
  delimiter: anything, // parseCsv looks at it
  decimal: oneOf('.', ','),
  header: flagRule,
  columns: anything, // looked at below
  strict: flagRule,
  limits: anything, // looked at below
  onProgress: functionRule,
  signal: signalRule,
};
const LIMIT_RULE = {
  be: 'be a number from 1',
  code: 'E_RANGE',
  fits: (value: unknown) => typeof value === 'number' && value >= 1,
} as const;
export const LIMIT_RULES: OptionRules<ImportLimits> = {
  ...{ files: LIMIT_RULE, unpackedBytes: LIMIT_RULE, ratio: LIMIT_RULE },
  ...{ pixels: LIMIT_RULE, side: LIMIT_RULE, numbers: LIMIT_RULE },
};

export function checkUses(uses: unknown): void {
  const words = ['number', 'category', 'ignore'];
  const wrong = Object.entries(Object(uses)).find(([, use]) => !words.includes(use as string));
  if (typeof uses === 'object' && uses !== null && !wrong) return;
  const got = wrong ? `${wrong[0]}: ${JSON.stringify(wrong[1])}` : typeof uses;
  throw new LatentkitError(
    'E_CONFIG',
    `importFiles: uses must be of columns' names to 'number', 'category' or 'ignore', got ${shorten(got)}`,
  );
}

export function sizeOf(size: ImportSetsOptions['size']): PictureSize | undefined {
  if (size === undefined) return undefined;
  const { width, height } =
    typeof size === 'number' ? { width: size, height: size } : (Object(size) as PictureSize);
  if ([width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= MOST_SIDE))
    return { width, height };
  throw new LatentkitError(
    'E_RANGE',
    `importFiles: size must be a whole number from 1 to ${MOST_SIDE}, or { width, height } of such, got ${shorten(JSON.stringify(size) ?? String(size))}`,
  );
}
