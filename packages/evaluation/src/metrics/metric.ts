import type { Need, Subject } from '../subject/subject.ts';

/** A number of a model, and what it means. */
export interface MetricRow {
  /** The key in JSON. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher' | 'neither';
  /** How it was measured, as far as others measure it otherwise. */
  readonly convention: string;
  readonly value: number;
  /** Standard error of `value`, where it is a mean over images: their standard deviation over the root of their number. */
  readonly error?: number;
  /** What `value` is made of, by name: a number a latent dimension (`z1`, ...), or a factor. */
  readonly parts?: Readonly<Record<string, number>>;
}

/** A metric of single images, not yet averaged. */
export interface ImageMetric extends Omit<MetricRow, 'value' | 'error'> {
  /** `[count]`. */
  readonly of: ArrayLike<number>;
}

/** What a metric may be told. */
export interface MeasureOptions {
  /** Latent samples an image; each metric has a number of its own where this is left out. */
  samples?: number;
  /** Hears how much is done, from 0 to 1. */
  onProgress?: (fraction: number) => void;
  /** Stops between images. */
  signal?: AbortSignal;
}

/** Something that can be measured of a model: a row of `METRICS`. */
export interface Metric {
  /** The word that asks for it. */
  readonly name: string;
  readonly title: string;
  /** Paper and place, where there is one. */
  readonly source?: string;
  /** What a subject has to have. */
  readonly needs: readonly Need[];
  /** Is it cheap, and told without being asked for? */
  readonly byDefault: boolean;
  /** One number, or several that belong together. */
  measure(subject: Subject, options: MeasureOptions): Promise<readonly (ImageMetric | MetricRow)[]>;
}

export function isOfImages(metric: ImageMetric | MetricRow): metric is ImageMetric {
  return 'of' in metric;
}
