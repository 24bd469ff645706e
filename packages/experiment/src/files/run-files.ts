import { FIGURE_NAMES, type FigureSpec } from '../figures/figure-specs.ts';

/** The files of a run but for its figures and maps, by their paths in its folder. */
export const RUN_FILES = {
  config: 'config.json',
  data: 'data.json',
  metrics: 'metrics.jsonl',
  table: 'metrics.csv',
  model: 'model.json',
  weights: 'model.safetensors',
  checkpoint: 'checkpoint/checkpoint.safetensors',
  end: 'end.json',
  evaluation: 'evaluation.json',
  report: 'report.html',
} as const;

/** What a run writes before its first checkpoint: of no use alone. */
export const BEGINNING_FILES: readonly string[] = [
  RUN_FILES.config,
  RUN_FILES.data,
  RUN_FILES.metrics,
  RUN_FILES.table,
];

/** Where a run's projections lie. */
export const PROJECTION_FOLDER = 'projections';

/** What `writeProjections` writes. */
export const PROJECTION_FILES = {
  svg: 'projections.svg',
  png: 'projections.png',
  coordinates: 'coordinates.csv',
  quality: 'quality.json',
} as const;

/** Where the anomalies of a run lie. */
export const ANOMALY_FOLDER = 'anomalies';

/** What `writeAnomalies` writes. */
export const ANOMALY_FILES = {
  scores: 'scores.csv',
  svg: 'worst.svg',
  png: 'worst.png',
  report: 'report.html',
  detector: 'detector.json',
} as const;

/** Where pictures lie that are made of a run by hand; `figures` holds those of its report. */
const PICTURE_FOLDER = 'pictures';

/** They, by the command that makes them. */
export const PICTURE_NAMES = ['reconstruct', 'sample', 'traverse', 'interpolate'] as const;

export type PictureName = (typeof PICTURE_NAMES)[number];

/** Where such a picture lies in a run's folder, where nobody says. */
export function picturePath(name: PictureName, ending: 'svg' | 'png'): string {
  return `${PICTURE_FOLDER}/${name}.${ending}`;
}

/** Where a run's codes lie. */
export const CODES_FOLDER = 'codes';

/** What `encode` writes, by the format. */
export const CODES_FILES = [
  'codes.csv',
  'codes.parquet',
  'means.npy',
  'log-variances.npy',
  'codes.npy',
  'indices.npy',
  'labels.npy',
  'reconstructions.npy',
];

/** What is of a run's weights and of no others: made by hand after it ended, and made anew by the same commands. */
export const MADE_OF_WEIGHTS: readonly string[] = [
  RUN_FILES.evaluation,
  ...PICTURE_NAMES.flatMap((name) => [picturePath(name, 'svg'), picturePath(name, 'png')]),
  ...CODES_FILES.map((name) => `${CODES_FOLDER}/${name}`),
  ...Object.values(PROJECTION_FILES).map((name) => `${PROJECTION_FOLDER}/${name}`),
  ...Object.values(ANOMALY_FILES).map((name) => `${ANOMALY_FOLDER}/${name}`),
];

/** Every path that is a run's: what it writes, its figures included, and what is measured and mapped of it later. */
export const RUN_PATHS: readonly string[] = [
  ...Object.values(RUN_FILES),
  ...FIGURE_NAMES.flatMap((name) => ['svg', 'png'].map((ending) => figurePath(name, ending))),
  ...MADE_OF_WEIGHTS.filter((path) => path !== RUN_FILES.evaluation),
];

/** The folders that they lie in. */
export const RUN_SUBFOLDERS: readonly string[] = [
  ...new Set(RUN_PATHS.filter((path) => path.includes('/')).map((path) => path.slice(0, path.indexOf('/')))),
];

/** Those that a run makes for itself. */
export const RUN_FOLDERS = ['checkpoint', 'figures'] as const;

/** Where a figure lies in a run's folder. */
export function figurePath(name: FigureSpec['name'], ending: string): string {
  return `figures/${name}.${ending}`;
}
