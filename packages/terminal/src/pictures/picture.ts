/** Pixels row by row, `[height, width, channels]`: grey (1), RGB (3), and each with opacity (2, 4). */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array;
}
