import type { ImageShape } from '@latentkit/core';
import type { DatasetName } from './config-schema.ts';

/** What a reader wants to know of a dataset before using it. */
export interface DatasetEntry {
  readonly name: DatasetName;
  readonly title: string;
  readonly shape: ImageShape;
  readonly trainImages: number;
  readonly validationImages: number;
  /** Megabytes to download once; 0 for none. */
  readonly downloadMegabytes: number;
  readonly licence: string;
}

const shape: ImageShape = { height: 28, width: 28, channels: 1 };

/** The datasets that configs may name, the default first. */
export const datasetCatalog: readonly DatasetEntry[] = [
  {
    name: 'digits',
    title: 'handwritten-looking digits, drawn by code; nothing to download',
    ...{ shape, trainImages: 10_000, validationImages: 2_000, downloadMegabytes: 0, licence: 'MIT' },
  },
  {
    name: 'mnist',
    title: 'handwritten digits; LeCun, Cortes, Burges 1998',
    ...{
      shape,
      trainImages: 60_000,
      validationImages: 10_000,
      downloadMegabytes: 12,
      licence: 'CC BY-SA 3.0',
    },
  },
  {
    name: 'fashion-mnist',
    title: 'photographs of clothes in ten classes; Xiao, Rasul, Vollgraf 2017',
    ...{ shape, trainImages: 60_000, validationImages: 10_000, downloadMegabytes: 31, licence: 'MIT' },
  },
];
