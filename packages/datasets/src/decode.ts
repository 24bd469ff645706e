export { createImageDecoder, type DecoderModules } from './decode/create-image-decoder.ts';
