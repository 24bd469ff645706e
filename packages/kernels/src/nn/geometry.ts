/** Sizes of a convolution or a pooling: images `[batch, inHeight, inWidth, channels]`, windows sliding to `[batch, outHeight, outWidth]`. */
export interface ConvolutionGeometry {
  batch: number;
  inHeight: number;
  inWidth: number;
  channels: number;
  outHeight: number;
  outWidth: number;
  windowHeight: number;
  windowWidth: number;
  strideHeight: number;
  strideWidth: number;
  padTop: number;
  padLeft: number;
  dilationHeight: number;
  dilationWidth: number;
}

/** The order of the WebAssembly function's arguments. */
export const GEOMETRY_FIELDS = [
  'batch',
  'inHeight',
  'inWidth',
  'channels',
  'outHeight',
  'outWidth',
  'windowHeight',
  'windowWidth',
  'strideHeight',
  'strideWidth',
  'padTop',
  'padLeft',
  'dilationHeight',
  'dilationWidth',
] as const satisfies readonly (keyof ConvolutionGeometry)[];

/**
 * Images whose filter gradients are one sum. Sums of chunks of so many images may be computed apart and added in order:
 * the result is that of one call, bit for bit.
 */
export const FILTER_CHUNK_IMAGES = 8;
