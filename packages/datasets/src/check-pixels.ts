import { type ImageShape, LatentkitError } from '@latentkit/core';

/** Refuses floats that are no brightness: NaN, infinity, and what lies outside [0, 1]. */
export function checkPixels(
  where: string,
  images: Float32Array,
  { height, width, channels }: ImageShape,
): void {
  const bad = images.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad < 0) return;
  const value = images[bad]!;
  const inImage = bad % (height * width * channels);
  const image = Math.floor(bad / (height * width * channels));
  const row = Math.floor(inImage / (width * channels));
  const column = Math.floor(inImage / channels) % width;
  const place = `index ${bad} (image ${image}, row ${row}, column ${column})`;
  if (!Number.isFinite(value)) {
    throw new LatentkitError('E_NOT_FINITE', `${where}: expected finite pixels, got ${value} at ${place}`);
  }
  throw new LatentkitError(
    'E_RANGE',
    `${where}: expected float pixels within [0, 1], got ${value} at ${place}`,
    {
      fix:
        value > 1
          ? 'Divide by 255, or pass the bytes themselves as a Uint8Array.'
          : 'Scale them to [0, 1]; from [-1, 1], that is (x + 1) / 2.',
    },
  );
}
