import type { DecodeImage } from '@latentkit/datasets/import';

/**
 * Decodes what the browser knows (JPEG, WebP, GIF's first picture, BMP) to RGBA, as a camera was held. Colours are those of the file: browsers
 * that would fit them to a profile are told not to.
 */
export const decodeInWorker: DecodeImage = async (bytes) => {
  const options = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' } as const;
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), options);
  try {
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    context.drawImage(bitmap, 0, 0);
    return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
};
