import type { PictureOptions } from './picture-options.ts';

export interface SampleOptions extends PictureOptions {
  count?: number;
  grid?: { rows: number; columns: number };
  seed: number;
  around?: number;
  spread?: number;
  fromFile?: string;
}
