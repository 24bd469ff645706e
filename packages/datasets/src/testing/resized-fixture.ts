import type { PictureSize } from '../import/image-size.ts';
import { jsonFixture } from './fixture.ts';

interface Resized {
  readonly resizes: readonly {
    readonly from: PictureSize & { readonly channels: number; readonly data: readonly number[] };
    readonly to: PictureSize;
    readonly box: readonly number[] | null;
    readonly data: readonly number[];
  }[];
  readonly grey: { readonly colors: readonly number[]; readonly grey: readonly number[] };
  readonly alpha: Readonly<Record<'pixels' | 'white' | 'black', readonly number[]>>;
}

/** Pixels of Pillow, by `fixtures/make-resized.py`. */
export function readResized(): Resized {
  return jsonFixture('resized.json');
}
